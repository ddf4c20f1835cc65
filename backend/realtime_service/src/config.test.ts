import { expect, test } from "bun:test";
import { parseConfig } from "@espigon/service_kit";
import { drainWindowMs, RealtimeConfig, realtimeRedisPlace } from "./config.ts";

const JWT_SECRET = "x".repeat(32);

test("defaults are those of the contract", () => {
  expect(parseConfig(RealtimeConfig, { JWT_SECRET })).toMatchObject({
    PORT: 8085,
    ALLOWED_ORIGINS: ["http://localhost:5173"],
    ALLOW_QUERY_TOKEN: false,
    JWT_COMPAT: false,
    HEARTBEAT_MS: 15_000,
  });
});

test("Redis is found by REDIS_URL, else by REDIS_ADDR and REDIS_PASSWORD", () => {
  const of = (environment: Record<string, string>) =>
    realtimeRedisPlace(parseConfig(RealtimeConfig, { JWT_SECRET, ...environment }));
  expect(of({})).toEqual({ url: "redis://localhost:6379" });
  expect(of({ REDIS_ADDR: "redis:6380", REDIS_PASSWORD: "p" })).toEqual({ url: "redis://redis:6380", password: "p" });
  expect(of({ REDIS_URL: "rediss://r:1/0", REDIS_ADDR: "redis:6380" })).toEqual({ url: "rediss://r:1/0" });
});

test("a node that was told to stop leaves within 10 s, whatever it is set to", () => {
  const windowOf = (environment: Record<string, string>) =>
    drainWindowMs(parseConfig(RealtimeConfig, { JWT_SECRET, ...environment }));
  expect(windowOf({})).toBe(5000);
  expect(windowOf({ DRAIN_MS: "0", DRAIN_DELAY_MS: "4000" })).toBe(0);
  for (const DRAIN_DELAY_MS of ["0", "2500", "4000"]) {
    for (const DRAIN_MS of ["5000", "8000"]) {
      // Afterwards those that did not go have a second, and another to be closed.
      expect(Number(DRAIN_DELAY_MS) + windowOf({ DRAIN_DELAY_MS, DRAIN_MS }) + 2000).toBeLessThan(10_000);
    }
  }
});

test("all faults are listed at once", () => {
  const faulty = {
    JWT_SECRET: "weak",
    REDIS_ADDR: "nowhere",
    PORT: "x",
    ALLOW_QUERY_TOKEN: "yes",
    MAX_SOCKETS: "0",
    LOG_LEVEL: "loud",
    METRICS_TOKEN: "short",
    ALLOWED_ORIGINS: "*",
  };
  let message = "";
  try {
    parseConfig(RealtimeConfig, faulty);
  } catch (error) {
    message = String(error);
  }
  for (const name of Object.keys(faulty)) expect(message).toContain(name);
});
