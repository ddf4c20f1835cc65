import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createTestApp, TEST_ORIGIN, type TestApp } from "./testApp.ts";

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
      expect((await asked(origin)).headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("a database that cannot be reached is a 503 that names nothing", async () => {
    const broken = await createTestApp();
    await broken.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()");
    await broken.pool.query("alter table products rename to gone");
    const { status, body } = await broken.call("GET", "/api/products");
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/relation|select|products/i);
    await broken.close();
  });
});
