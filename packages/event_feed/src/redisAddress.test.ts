import { describe, expect, test } from "bun:test";
import { redisAddress } from "./redisAddress.ts";

describe("the address of Redis", () => {
  test("is one server, as ioredis reads it", () => {
    for (const url of ["redis://h:6379", "rediss://u:p%40@h/3", "redis://[::1]:7000"]) {
      expect(redisAddress(url)).toEqual({ kind: "server", url, tls: url.startsWith("rediss:") });
    }
  });

  test("is the master that sentinels name", () => {
    expect(
      redisAddress("redis+sentinel://u:p%40ss@a:1,b,[::1]:3/main%201?sentinel_user=v&sentinel_password=s%26t"),
    ).toEqual({
      kind: "sentinel",
      sentinels: [
        { host: "a", port: 1 },
        { host: "b", port: 26_379 },
        { host: "::1", port: 3 },
      ],
      master: "main 1",
      tls: false,
      credentials: { username: "u", password: "p@ss" },
      sentinelCredentials: { username: "v", password: "s&t" },
    });
  });

  test("is a cluster, known by some of its nodes", () => {
    expect(redisAddress("rediss+cluster://:secret@a:7000,b/")).toEqual({
      kind: "cluster",
      nodes: [
        { host: "a", port: 7000 },
        { host: "b", port: 6379 },
      ],
      tls: true,
      credentials: { password: "secret" },
    });
  });

  test("that is wrong is refused with what is wrong, and never with its password", () => {
    const faults: readonly (readonly [string, string])[] = [
      ["http://:hunter2@h", "must look like"],
      ["redis://", "must look like"],
      ["redis://:hunter2@a:1,b:2", "several hosts"],
      ["redis+sentinel://:hunter2@a:1", "name of the master"],
      ["redis+cluster://:hunter2@a:1/3", "only one"],
      ["redis+cluster://:hunter2@a:x", "host:port"],
      ["redis+cluster://:hunter2@a:0,b:70000", "host:port"],
      ["redis+cluster://:hunter2%@a:1", "%25"],
    ];
    for (const [url, reason] of faults) {
      expect(() => redisAddress(url)).toThrow(reason);
      expect(() => redisAddress(url)).not.toThrow("hunter2");
    }
  });
});
