import { describe, expect, test } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { z } from "zod";
import { createApi } from "./createApi.ts";

const Answer = z.object({ ok: z.boolean() });

function setUp(replies: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const refreshes: boolean[] = [];
  const waits: number[] = [];
  const scheduler = createFakeScheduler();
  const api = createApi({
    apiUrl: "http://rest.test",
    random: () => 0,
    scheduler: {
      after(ms, run) {
        waits.push(ms);
        queueMicrotask(run);
        return () => {};
      },
    },
    session: {
      getToken: async (options) => {
        refreshes.push(options?.refresh === true);
        return "a.b.c";
      },
    },
    fetch: async (url, init) => {
      requests.push({ url, init });
      const reply = replies.shift() ?? new Error("no more replies");
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
  return { api, requests, refreshes, waits, scheduler };
}

const ok = () => Response.json({ ok: true });
const problem = (status: number, code: string, extra: object = {}, headers: Record<string, string> = {}) =>
  Response.json({ type: "about:blank", title: "No", status, code, ...extra }, { status, headers });
const caught = (call: Promise<unknown>) => call.catch((reason: unknown) => reason);

describe("the REST API", () => {
  test("sends the token and the query, and parses the answer", async () => {
    const { api, requests } = setUp([ok()]);
    expect(await api.get("/api/orders", Answer, { query: { status: "shipped", cursor: undefined } })).toEqual({
      ok: true,
    });
    expect(requests[0]?.url).toBe("http://rest.test/api/orders?status=shipped");
    expect(new Headers(requests[0]?.init.headers).get("authorization")).toBe("Bearer a.b.c");
  });

  test("tells a refusal by its code, with what the problem document adds", async () => {
    const { api } = setUp([problem(409, "OUT_OF_STOCK", { product_id: "3" })]);
    expect(await caught(api.post("/api/orders", {}, Answer))).toMatchObject({
      status: 409,
      code: "OUT_OF_STOCK",
      problem: { product_id: "3" },
    });
  });

  test("tells the fields that were wrong", async () => {
    const errors = [{ path: "email", message: "not an address" }];
    const { api } = setUp([problem(400, "INVALID_INPUT", { errors })]);
    expect(await caught(api.post("/api/auth/register", {}, Answer))).toMatchObject({ errors });
  });

  test("repeats a read that got no answer, at most three times in all", async () => {
    const { api, requests, waits } = setUp([new TypeError("network"), problem(503, "UNAVAILABLE"), ok()]);
    expect(await api.get("/api/orders", Answer)).toEqual({ ok: true });
    expect(waits).toEqual([200, 400]);
    const failing = setUp([new TypeError("a"), new TypeError("b"), new TypeError("c"), ok()]);
    expect(await caught(failing.api.get("/api/orders", Answer))).toMatchObject({ status: 0, code: "NETWORK" });
    expect([requests.length, failing.requests.length]).toEqual([3, 3]);
  });

  test("repeats a change only when a key makes that safe, and then with the same key", async () => {
    const unsafe = setUp([new TypeError("network"), ok()]);
    expect(await caught(unsafe.api.post("/api/orders", {}, Answer))).toMatchObject({ code: "NETWORK" });
    expect(unsafe.requests).toHaveLength(1);
    const safe = setUp([new TypeError("network"), ok()]);
    expect(await safe.api.post("/api/orders", {}, Answer, { idempotencyKey: "k1" })).toEqual({ ok: true });
    expect(safe.requests.map(({ init }) => new Headers(init.headers).get("idempotency-key"))).toEqual(["k1", "k1"]);
  });

  test("waits as long as the server asks, unless that is long", async () => {
    const short = setUp([problem(429, "RATE_LIMITED", {}, { "retry-after": "2" }), ok()]);
    await short.api.get("/api/orders", Answer);
    expect(short.waits).toEqual([2_000]);
    const long = setUp([problem(429, "RATE_LIMITED", {}, { "retry-after": "60" }), ok()]);
    expect(await caught(long.api.get("/api/orders", Answer))).toMatchObject({ code: "RATE_LIMITED" });
  });

  test("gets a new token once when the old one is refused", async () => {
    const { api, refreshes } = setUp([problem(401, "TOKEN_EXPIRED"), ok()]);
    expect(await api.post("/api/orders", {}, Answer)).toEqual({ ok: true });
    expect(refreshes).toEqual([false, true]);
    const bad = setUp([problem(401, "UNAUTHENTICATED"), problem(401, "UNAUTHENTICATED"), ok()]);
    expect(await caught(bad.api.get("/api/orders", Answer))).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("an answer of another shape is a failure, not data", async () => {
    const { api } = setUp([Response.json({ ok: "yes" })]);
    expect(await caught(api.get("/api/orders", Answer))).toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });

  test("a page that is no problem document is told by its status", async () => {
    const { api } = setUp([new Response("<h1>Bad gateway</h1>", { status: 413 })]);
    expect(await caught(api.get("/api/orders", Answer))).toMatchObject({ status: 413, code: "HTTP_413" });
  });
});
