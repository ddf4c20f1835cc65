import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { Gauge, Registry } from "prom-client";
import { HARMLESS_HEADERS } from "./harmlessHeaders.ts";
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

test.each(["/healthz", "/readyz", "/metrics", "/metrics from afar"])("%s can do a browser no harm", async (path) => {
  const from = path.endsWith("afar") ? "10.0.0.9" : "127.0.0.1";
  const answer = await answerOperations(deps, get(path.replace(" from afar", "")), from);
  expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject(HARMLESS_HEADERS);
});

test("metrics are those of the service and of its process", async () => {
  const service = new Registry();
  new Gauge({ name: "orders", help: "Some", registers: [service] }).set(7);
  const read = async () => {
    const answer = await answerOperations({ ...deps, metrics: service }, get("/metrics"), "127.0.0.1");
    const lines = ((await answer?.text()) ?? "").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ""), Number(/\S+$/.exec(line)?.[0])]));
  };
  const values = await read();
  expect(values.get("orders")).toBe(7);
  expect(values.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
  expect(values.get("process_start_time_seconds")).toBeWithin(1.7e9, Date.now() / 1000);
  expect(
    [...values.keys()].filter((name) => /^espigon_build_info\{version="\d+\.\d+\.\d+",bun=/.test(name)),
  ).toHaveLength(1);
  expect([...values].filter(([, value]) => !Number.isFinite(value))).toEqual([]);

  const spent = values.get("process_cpu_seconds_total") ?? NaN;
  let longest = 0;
  while (longest < 0.1) {
    const blockedUntil = performance.now() + 300;
    while (performance.now() < blockedUntil);
    await Bun.sleep(60);
    const later = await read();
    expect(later.get("process_cpu_seconds_total")).toBeGreaterThan(spent);
    longest = later.get("nodejs_eventloop_lag_max_seconds") ?? NaN;
    expect(later.get("nodejs_eventloop_lag_p99_seconds")).toBeFinite();
  }
});

test.skipIf(process.platform !== "linux")("open descriptors are counted", async () => {
  const count = async () => {
    const text = await (await answerOperations(deps, get("/metrics"), "127.0.0.1"))?.text();
    return Number(/^process_open_fds (\d+)$/m.exec(text ?? "")?.[1]);
  };
  const before = await count();
  const files = Array.from({ length: 10 }, () => openSync("/dev/null", "r"));
  expect(await count()).toBe(before + 10);
  for (const file of files) closeSync(file);
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
