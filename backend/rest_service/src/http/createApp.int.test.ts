import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createLogger } from "@espigon/service_kit";
import { freePort } from "../../../../tests/support/freePort.ts";
import { createPool } from "../infrastructure/persistence/createPool.ts";
import { createStatisticsReader } from "../infrastructure/persistence/statisticsReader.ts";
import { createApp } from "./createApp.ts";
import { createTestApp, TEST_ORIGIN, TEST_SECRET, type TestApp } from "./testApp.ts";

let rest: TestApp;
beforeAll(async () => {
  rest = await createTestApp();
});
afterAll(() => rest.close());

describe("whatever is asked", () => {
  test("a path that is not there answers a problem document with a request id", async () => {
    const { status, body, headers } = await rest.call("GET", "/api/nothing", { headers: { "x-request-id": "abc-1" } });
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("x-request-id")).toBe("abc-1");
    expect(body).toMatchObject({ code: "NOT_FOUND", status: 404, type: "about:blank", request_id: "abc-1" });
  });

  test("a method that a path does not have is answered with those that it has", async () => {
    const { status, body, headers } = await rest.call("PUT", "/api/products/1");
    expect(status).toBe(405);
    expect(body["code"]).toBe("METHOD_NOT_ALLOWED");
    expect(headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "HEAD", "PATCH"]);
  });

  const badBodies: [string, BodyInit, string, number, string][] = [
    ["broken JSON", '{"email":', "application/json", 400, "INVALID_INPUT"],
    ["JSON that is no object", "[]", "application/json", 400, "INVALID_INPUT"],
    ["another media type", "email=a", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["too much", `"${"x".repeat(70_000)}"`, "application/json", 413, "PAYLOAD_TOO_LARGE"],
  ];
  test.each(badBodies)("a body of %s is refused", async (_, body, type, status, code) => {
    const response = await rest.app.fetch(
      new Request("http://rest.test/api/auth/login", { method: "POST", body, headers: { "content-type": type } }),
    );
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code });
  });

  test("answers, good and bad, carry the security headers", async () => {
    for (const path of ["/api/products", "/api/nothing", "/api/orders"]) {
      const { headers } = await rest.call("GET", path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  test("only a listed origin may read answers", async () => {
    const asked = (origin: string) => rest.call("GET", "/api/products", { headers: { origin } });
    const listed = await asked(TEST_ORIGIN);
    expect(listed.headers.get("access-control-allow-origin")).toBe(TEST_ORIGIN);
    expect(listed.headers.get("access-control-allow-credentials")).toBe("true");
    for (const origin of ["http://evil.test", `${TEST_ORIGIN}.evil.test`, "null"]) {
      const preflight = await rest.call("OPTIONS", "/api/products", {
        headers: { origin, "access-control-request-method": "POST" },
      });
      for (const { headers } of [await asked(origin), preflight]) {
        expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
        expect(headers.get("vary")).toContain("Origin");
      }
    }
  });

  test("a surprise is a 500 that names nothing of the inside", async () => {
    await rest.pool.query("alter table products rename to elsewhere");
    const { status, body } = await rest.call("GET", "/api/products");
    await rest.pool.query("alter table elsewhere rename to products");
    expect([status, body["code"]]).toEqual([500, "INTERNAL"]);
    expect(JSON.stringify(body)).not.toMatch(/relation|select|products/i);
  });

  test("a database that cannot be reached is a 503 that says when to come back", async () => {
    const logger = createLogger("test", "silent");
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
    const pool = createPool({ url, applicationName: "test", logger, max: 1 });
    const app = createApp({
      pool,
      logger,
      config: { JWT_SECRET: TEST_SECRET, JWT_COMPAT: false, CORS_ORIGINS: [], COOKIE_SECURE: true },
      statistics: createStatisticsReader(pool),
      committed: () => {},
    });
    const response = await app.fetch(new Request("http://rest.test/api/products"));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await response.json()).toMatchObject({ code: "UNAVAILABLE" });
    await pool.end();
  });
});

test("the documentation is served as a document and as a page", async () => {
  const document = await rest.call("GET", "/api/openapi.json");
  expect(document.body).toMatchObject({ openapi: "3.1.0" });
  const page = await rest.call("GET", "/api/docs");
  expect(page.headers.get("content-type")).toStartWith("text/html");
  expect(page.headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
  );
  const style = await rest.call("GET", "/api/docs.css");
  expect(style.headers.get("content-type")).toStartWith("text/css");
});
