import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { getIntrospectionQuery } from "graphql";
import { ADMIN_SALES, SELLER_DASHBOARD } from "./documents.ts";
import { ORIGIN, type Report, startReport, tokenOf } from "./startReport.ts";

let production: Report;
let development: Report;
beforeAll(async () => {
  production = await startReport({ NODE_ENV: "production" });
  development = await startReport({ NODE_ENV: "development" });
});
afterAll(() => Promise.all([production.close(), development.close()]));

async function statusOf(url: string, init: RequestInit): Promise<{ status: number; code: unknown; headers: Headers }> {
  const response = await fetch(url, init);
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : {};
  return { status: response.status, code: json.code ?? json.errors?.[0]?.extensions?.code, headers: response.headers };
}

describe("only a POST of JSON is a query", () => {
  test.each([
    ["GET", { method: "GET" }, "?query={__typename}", 405, "METHOD_NOT_ALLOWED"],
    ["GET by a browser", { method: "GET", headers: { accept: "text/html" } }, "", 405, "METHOD_NOT_ALLOWED"],
    ["PUT", { method: "PUT", body: "{}" }, "", 405, "METHOD_NOT_ALLOWED"],
    [
      "a form",
      { method: "POST", body: new URLSearchParams({ query: "{__typename}" }) },
      "",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    [
      "plain text",
      { method: "POST", body: "{}", headers: { "content-type": "text/plain" } },
      "",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    ["no type", { method: "POST", body: new Uint8Array([1]) }, "", 415, "UNSUPPORTED_MEDIA_TYPE"],
  ] as const)("%s is refused", async (_what, init, query, status, code) => {
    expect(await statusOf(`${production.url}/graphql${query}`, init as RequestInit)).toMatchObject({ status, code });
  });

  test.each([
    ["a batch", JSON.stringify([{ query: "{__typename}" }, { query: "{__typename}" }])],
    ["no JSON", "{"],
    ["null", "null"],
    ["a number", "5"],
    ["no query", "{}"],
    ["a query of another type", JSON.stringify({ query: { a: 1 } })],
    ["variables of another type", JSON.stringify({ query: "{__typename}", variables: [1] })],
    ["an unknown parameter", JSON.stringify({ query: "{__typename}", id: 1 })],
    ["a mutation", JSON.stringify({ query: "mutation { delete }" })],
    ["a subscription", JSON.stringify({ query: "subscription { delete }" })],
    ["an unknown operation", JSON.stringify({ query: "query A {__typename}", operationName: "B" })],
  ])("%s is refused with a code", async (_what, body) => {
    const answer = await production.post(body);
    expect(answer.code).toBeString();
    expect(answer.code).not.toBe("INTERNAL");
    expect(answer.status).toBeLessThan(500);
  });

  test.each([
    ["that says its length", (body: string): BodyInit => body],
    ["that comes in chunks", (body: string): BodyInit => new Blob([body]).stream()],
  ])("a body of more than 64 KB %s is refused", async (_how, make) => {
    for (const length of [70_000, 3_000_000]) {
      const body = JSON.stringify({ query: "{__typename}", variables: { a: "x".repeat(length) } });
      const answer = await statusOf(`${production.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: make(body),
      });
      expect(answer).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
  });
});

describe("what the schema tells", () => {
  test("in production it is neither told nor guessed at, and there is no GraphiQL", async () => {
    expect((await production.query(getIntrospectionQuery(), { as: "admin" })).code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect((await production.query("{ adminSale { asOf } }", { as: "admin" })).text).not.toContain("Did you mean");
  });

  test("in development it is told without a token, and a browser gets GraphiQL", async () => {
    expect((await development.query(getIntrospectionQuery())).errors).toBeUndefined();
    const page = await fetch(`${development.url}/graphql`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toStartWith("text/html");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    await page.body?.cancel();
  });

  test("GRAPHIQL=false closes it in development too", async () => {
    const closed = await startReport({ GRAPHIQL: "false" });
    expect((await closed.query(getIntrospectionQuery(), { as: "admin" })).code).toBe("GRAPHQL_VALIDATION_FAILED");
    await closed.close();
  });
});

describe("other origins", () => {
  const preflight = (origin: string) =>
    statusOf(`${production.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,x-min-seq",
      },
    });

  test("the one on the list may send queries with a floor", async () => {
    const { status, headers } = await preflight(ORIGIN);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(headers.get("access-control-allow-headers")).toContain("x-min-seq");
    const answer = await production.query(ADMIN_SALES, { as: "admin", headers: { origin: ORIGIN } });
    expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  test.each([
    "http://shop.example.evil.test",
    "http://evil.test",
    "https://shop.example",
    "http://sub.shop.example",
    "null",
  ])("%s gets no permission", async (origin) => {
    const answers = [
      await preflight(origin),
      await production.query(ADMIN_SALES, { as: "admin", headers: { origin } }),
    ];
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(headers.get("vary")).toBe("Origin");
    }
  });
});

test("every answer to a query forbids caching, sniffing and framing, and carries the request id", async () => {
  const { headers } = await production.query(ADMIN_SALES, {
    as: "admin",
    headers: { "x-request-id": "request-12345" },
  });
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "x-request-id": "request-12345",
  });
  const forged = await production.query(ADMIN_SALES, { as: "admin", headers: { "x-request-id": "a b<script>" } });
  expect(forged.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
});

describe("operations", () => {
  test("it is alive, ready while rest_service is, and tells its metrics", async () => {
    expect((await statusOf(`${production.url}/healthz`, {})).status).toBe(200);
    expect((await statusOf(`${production.url}/readyz`, {})).status).toBe(200);
    const metrics = await (await fetch(`${production.url}/metrics`)).text();
    expect(metrics).toContain("report_answers_total");
    expect(metrics).toContain("report_feed_healthy");
    expect((await statusOf(`${production.url}/elsewhere`, {})).code).toBe("NOT_FOUND");
  });

  test("without rest_service it is alive and not ready", async () => {
    const alone = await startReport();
    await alone.rest.stop();
    expect((await statusOf(`${alone.url}/healthz`, {})).status).toBe(200);
    expect((await statusOf(`${alone.url}/readyz`, {})).status).toBe(503);
    await alone.close();
  });

  test("a stop lets the queries under way end, and may be repeated", async () => {
    const stopping = await startReport();
    stopping.rest.delayMs = 100;
    const answer = stopping.query(ADMIN_SALES, { as: "admin" });
    while (stopping.rest.reads.length === 0) await Bun.sleep(2);
    await Promise.all([stopping.stop(), stopping.stop()]);
    expect((await answer).errors).toBeUndefined();
    await stopping.close();
    const refused = await fetch(`${stopping.url}/healthz`).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
  });

  test("a port that is taken fails the start", async () => {
    const started = await startReport({ PORT: new URL(production.url).port }).catch((error: unknown) => error);
    expect(started).toMatchObject({ code: "EADDRINUSE" });
  });
});

test("a crash before GraphQL is an INTERNAL problem without any detail", async () => {
  const broken = await startReport(
    {},
    {
      clock() {
        throw new Error("secret clock");
      },
    },
  );
  const response = await fetch(`${broken.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const text = await response.text();
  expect([response.status, JSON.parse(text).code]).toEqual([500, "INTERNAL"]);
  expect(text).not.toContain("secret");
  await broken.close();
});

test("no answer and no error ever carries the token", async () => {
  const token = await tokenOf("seller 1");
  const answer = await production.query(SELLER_DASHBOARD, {
    headers: { authorization: `Bearer ${token}` },
    variables: { period: { preset: "NOPE" } },
  });
  expect(answer.text).not.toContain(token);
});
