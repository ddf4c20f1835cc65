import { expect, test } from "bun:test";
import { Registry } from "prom-client";
import { answerOperations } from "./operations.ts";

const metrics = new Registry();
const deps = { metrics, unready: async () => [] as string[], metricsToken: "letmein" };
const get = (path: string, headers: Record<string, string> = {}) => new Request(`http://h${path}`, { headers });

test("a service that waits for something is alive and not ready, and says what it waits for", async () => {
  const waiting = { metrics, unready: async () => ["database"] };
  expect((await answerOperations(waiting, get("/healthz"), "10.0.0.9"))?.status).toBe(200);
  const readiness = await answerOperations(waiting, get("/readyz"), "10.0.0.9");
  expect(readiness?.status).toBe(503);
  expect(await readiness?.json()).toEqual({ status: "unready", waiting_for: ["database"] });
  expect((await answerOperations(deps, get("/readyz"), undefined))?.status).toBe(200);
});

test("metrics are for loopback or for who holds the token; a header cannot claim loopback", async () => {
  expect((await answerOperations(deps, get("/metrics"), "127.0.0.1"))?.status).toBe(200);
  expect((await answerOperations(deps, get("/metrics"), "10.0.0.9"))?.status).toBe(403);
  const forged = get("/metrics", { "x-forwarded-for": "127.0.0.1" });
  expect((await answerOperations(deps, forged, "10.0.0.9"))?.status).toBe(403);
  const scraper = get("/metrics", { authorization: "Bearer letmein" });
  expect((await answerOperations(deps, scraper, "10.0.0.9"))?.status).toBe(200);
});

test("what a proxy on the same machine sends on comes from elsewhere", async () => {
  const forwarded = { "x-forwarded-for": "203.0.113.1" };
  // A proxy that lets /api/ through may take one of these for it; the URL's own rules make all of them /metrics.
  for (const path of ["/metrics", "/api/x/..\\..\\metrics", "/api/%2e%2e/metrics"]) {
    expect((await answerOperations(deps, get(path), "127.0.0.1"))?.status).toBe(200);
    expect((await answerOperations(deps, get(path, forwarded), "127.0.0.1"))?.status).toBe(403);
  }
});

test("a request whose URL nobody can read is refused, whatever its path", async () => {
  const hostless = new Request("http://h/healthz");
  Object.defineProperty(hostless, "url", { value: "/healthz" });
  const answer = await answerOperations(deps, hostless, "127.0.0.1");
  expect([answer?.status, (await answer?.json())?.code]).toEqual([400, "INVALID_INPUT"]);
});

test("other paths are left to the service", async () => {
  expect(await answerOperations(deps, get("/api/orders"), "127.0.0.1")).toBeUndefined();
});
