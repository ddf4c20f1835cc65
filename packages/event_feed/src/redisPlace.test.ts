import { describe, expect, test } from "bun:test";
import { redisNat, redisPlace } from "./redisPlace.ts";

describe("how Redis is got at", () => {
  test("what is not set is not there", () => {
    expect(redisPlace({ REDIS_URL: "redis://h" })).toEqual({ url: "redis://h" });
  });

  test("announced addresses, each with where it is reached", () => {
    expect(redisNat("10.0.0.5:6379=redis-1.example:7001,[fd00::5]:6380=[::1]:7002")).toEqual({
      "10.0.0.5:6379": { host: "redis-1.example", port: 7001 },
      "fd00::5:6380": { host: "::1", port: 7002 },
    });
    for (const wrong of ["", "a:1", "a:1=", "a:1=b:2=c:3", "a:1=b:x", "a:1=b:2,"]) {
      expect(() => redisNat(wrong)).toThrow("must");
    }
  });

  test("certificates that would do nothing are refused: without rediss, half a pair, none in the file", () => {
    const place = (settings: object) => () => redisPlace({ REDIS_URL: "rediss://h", ...settings });
    const [ca, key] = ["CERTIFICATE", "PRIVATE KEY"].map(
      (kind) => `-----BEGIN ${kind}-----\nAA==\n-----END ${kind}-----`,
    );
    expect(place({ REDIS_URL: "redis://h", REDIS_TLS_CA: ca })).toThrow("nothing would be encrypted");
    expect(place({ REDIS_URL: "redis+cluster://h", REDIS_TLS_CA: ca })).toThrow("nothing would be encrypted");
    expect(place({ REDIS_TLS_CERT: ca })).toThrow("together");
    expect(place({ REDIS_TLS_KEY: key })).toThrow("together");
    expect(place({ REDIS_TLS_CA: ca })).toThrow("cannot be used");
    expect(place({ REDIS_TLS_CA: key })).toThrow("cannot be used");
    expect(place({ REDIS_TLS_CERT: ca, REDIS_TLS_KEY: key })).toThrow("cannot be used");
  });
});
