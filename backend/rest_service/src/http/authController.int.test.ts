import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createTokenVerifier, signAccessToken } from "@espigon/service_kit";
import { cookieOf, createTestApp, TEST_ORIGIN, TEST_SECRET, type TestApp } from "./testApp.ts";

let rest: TestApp;
let now = new Date();
beforeAll(async () => {
  rest = await createTestApp({ now: () => now });
});
beforeEach(() => {
  now = new Date();
});
afterAll(() => rest.close());

const PASSWORD = "redes y boyas";

function register(email: string, more: object = {}) {
  return rest.call("POST", "/api/auth/register", { body: { email, password: PASSWORD, name: "Ana", ...more } });
}

function login(email: string, password = PASSWORD) {
  return rest.call("POST", "/api/auth/login", { body: { email, password } });
}

function refresh(cookie: string, headers: Record<string, string> = {}) {
  return rest.call<{ access_token: string }>("POST", "/api/auth/refresh", { headers: { cookie, ...headers } });
}

async function eventsOf(type: string) {
  const { rows } = await rest.pool.query<Record<string, unknown>>(
    "select * from outbox_pending where type = $1 order by id",
    [type],
  );
  return rows;
}

describe("register", () => {
  test("a client's account comes with its event and a session", async () => {
    const { status, body } = await register("Ana@Espigon.Test");
    expect(status).toBe(201);
    const user = body["user"] as { id: string };
    expect(body["user"]).toEqual({ id: expect.any(String), name: "Ana", role: "CLIENT", seller_id: null });
    expect((await eventsOf("CLIENT_REGISTERED")).at(-1) ?? {}).toMatchObject({
      client_id: Number(user.id),
      metadata: { action: "client_registered" },
      payload: { user_id: user.id },
    });
    expect((await login("ana@espigon.test")).status).toBe(200);
  });

  test("a seller's account comes with its shop, and its token names it", async () => {
    const { body } = await register("luz@espigon.test", { seller: { name: "Mariscos Luz" } });
    const { seller_id } = body["user"] as { seller_id: string };
    expect(body["user"]).toMatchObject({ role: "SELLER", seller_id: expect.stringMatching(/^\d+$/) });
    expect((await eventsOf("SELLER_REGISTERED")).at(-1) ?? {}).toMatchObject({ seller_id: Number(seller_id) });
    const verdict = await createTokenVerifier({ secret: TEST_SECRET, compat: false })(String(body["access_token"]));
    expect(verdict).toMatchObject({ kind: "valid", principal: { role: "SELLER", seller_id } });
  });

  test("an e-mail has one account, in whatever case, also when two register at once", async () => {
    const answers = await Promise.all([register("eva@espigon.test"), register("EVA@espigon.test")]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body["code"]).toBe("EMAIL_TAKEN");
  });

  test("fields that nobody may set have no effect", async () => {
    const { body } = await register("rosa@espigon.test", { role: "ADMIN", id: 1, seller_id: "1" });
    expect(body["user"]).toMatchObject({ role: "CLIENT", seller_id: null });
  });

  test("a weak password is refused with its fault", async () => {
    const { status, body } = await register("weak@espigon.test", { password: "password123" });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "password" }] });
  });
});

describe("registrations", () => {
  const from = (address: string, email: string, password = PASSWORD) =>
    rest.app.fetch(
      new Request("http://rest.test/api/auth/register", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password, name: "Ana" }),
      }),
      address,
    );

  test("are limited per address, whether the account is new or exists, and the limit ends", async () => {
    const attempts = Array.from({ length: 62 }, (_, i) => from("203.0.113.9", `flood${i % 31}@espigon.test`));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(31);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const limited = await from("203.0.113.9", "flood99@espigon.test");
    expect(await limited.json()).toMatchObject({ status: 429, code: "RATE_LIMITED" });
    expect(Number(limited.headers.get("retry-after"))).toBeWithin(1, 3601);
    expect((await from("203.0.113.10", "flood98@espigon.test")).status).toBe(201);
    now = new Date(now.getTime() + 60 * 60_000);
    expect((await from("203.0.113.9", "flood99@espigon.test")).status).toBe(201);
  });

  test("of the machine itself are not limited", async () => {
    for (let i = 0; i < 62; i++) expect((await from("127.0.0.1", "local@espigon.test")).status).not.toBe(429);
  });

  test("of all addresses of one IPv6 network count together", async () => {
    const attempts = Array.from({ length: 62 }, (_, i) => from(`2001:db8:0:7::${i}`, "six@espigon.test"));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect((await from("2001:db8:0:8::1", "seven@espigon.test")).status).toBe(201);
  });

  test("with a password that may not be chosen do not count", async () => {
    for (let i = 0; i < 61; i++) expect((await from("203.0.113.11", "w@espigon.test", "12345678")).status).toBe(400);
    expect((await from("203.0.113.11", "w@espigon.test")).status).toBe(201);
  });
});

describe("login", () => {
  test("a wrong password and an unknown e-mail look the same", async () => {
    await register("igor@espigon.test");
    const [wrong, unknown] = [await login("igor@espigon.test", "nope nope"), await login("nobody@espigon.test")];
    expect(wrong.status).toBe(401);
    expect(wrong.body["code"]).toBe("INVALID_CREDENTIALS");
    expect({ ...wrong.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
  });

  test("a disabled account cannot log in, nor go on with its token", async () => {
    const { body } = await register("gone@espigon.test");
    const token = String(body["access_token"]);
    await rest.pool.query("update users set disabled_at = now() where email = 'gone@espigon.test'");
    expect((await login("gone@espigon.test")).status).toBe(401);
    expect((await rest.call("GET", "/api/orders", { token })).status).toBe(401);
  });

  test("failures are limited per account, good logins are not, and the limit ends", async () => {
    await register("lena@espigon.test");
    for (let i = 0; i < 12; i++) expect((await login("lena@espigon.test")).status).toBe(200);
    const failures = await Promise.all(Array.from({ length: 12 }, () => login("lena@espigon.test", "wrong wrong")));
    expect(failures.filter(({ status }) => status === 401)).toHaveLength(10);
    const limited = await login("lena@espigon.test");
    expect(limited.body["code"]).toBe("RATE_LIMITED");
    expect(Number(limited.headers.get("retry-after"))).toBeWithin(1, 901);
    now = new Date(now.getTime() + 15 * 60_000);
    expect((await login("lena@espigon.test")).status).toBe(200);
  });

  test("the cookie is out of reach of scripts and other sites, and only its hash is kept", async () => {
    const { headers } = await register("olga@espigon.test");
    const cookie = headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^espigon_refresh=[\w-]{43}; Max-Age=2592000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/);
    const { rows } = await rest.pool.query("select t::text from refresh_tokens t");
    expect(JSON.stringify(rows)).not.toContain(cookie.slice(16, 59));
  });
});

describe("refresh", () => {
  test("a token buys its successor, which buys the next", async () => {
    const first = cookieOf((await register("r1@espigon.test")).headers);
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ expires_in: 900, user: { name: "Ana" } });
    expect(cookieOf(second.headers)).not.toBe(first);
    expect((await refresh(cookieOf(second.headers))).status).toBe(200);
  });

  test("two tabs that refresh at once both stay logged in", async () => {
    const cookie = cookieOf((await register("r2@espigon.test")).headers);
    const tabs = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect(tabs.map(({ status }) => status)).toEqual([200, 200]);
    for (const tab of tabs) expect((await refresh(cookieOf(tab.headers))).status).toBe(200);
  });

  test("an old token that comes back after the grace ends the whole session at once", async () => {
    const stolen = cookieOf((await register("r3@espigon.test")).headers);
    const successor = await refresh(stolen);
    const { access_token: token } = successor.body;
    expect((await rest.call("GET", "/api/orders", { token })).status).toBe(200);
    await rest.pool.query("update refresh_tokens set used_at = used_at - interval '11 seconds'");
    const reuse = await refresh(stolen);
    expect(reuse.status).toBe(401);
    expect(reuse.headers.get("set-cookie")).toBeNull();
    expect((await refresh(cookieOf(successor.headers))).status).toBe(401);
    expect((await rest.call("GET", "/api/orders", { token })).status).toBe(401);
  });

  test("a session ends with its time", async () => {
    const cookie = cookieOf((await register("r4@espigon.test")).headers);
    await rest.pool.query("update sessions set expires_at = now()");
    expect((await refresh(cookie)).status).toBe(401);
  });

  test.each([
    { origin: "http://evil.test" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { origin: TEST_ORIGIN, "sec-fetch-site": "cross-site" },
  ] as Record<string, string>[])("another site cannot use the cookie: %p", async (headers) => {
    const cookie = cookieOf((await register(`${crypto.randomUUID()}@espigon.test`)).headers);
    const { status, body } = await refresh(cookie, headers);
    expect([status, body]).toMatchObject([403, { code: "FORBIDDEN" }]);
    expect((await refresh(cookie, { origin: TEST_ORIGIN, "sec-fetch-site": "same-site" })).status).toBe(200);
  });

  test.each(["", "espigon_refresh=", "espigon_refresh=nonsense"])(
    "without a good cookie (%p) there is none",
    async (cookie) => {
      expect((await refresh(cookie)).status).toBe(401);
    },
  );
});

test("logout ends the session, its refresh token and its access token", async () => {
  const { body, headers } = await register("bye@espigon.test");
  const token = String(body["access_token"]);
  expect((await rest.call("GET", "/api/orders", { token })).status).toBe(200);
  const bye = await rest.call("POST", "/api/auth/logout", { headers: { cookie: cookieOf(headers) } });
  expect(bye.status).toBe(204);
  expect(bye.headers.get("set-cookie")).toContain("Max-Age=0");
  expect((await refresh(cookieOf(headers))).status).toBe(401);
  expect((await rest.call("GET", "/api/orders", { token })).status).toBe(401);
  expect((await rest.call("POST", "/api/auth/logout")).status).toBe(204);
});

describe("access tokens", () => {
  test("an expired one says so", async () => {
    const { token } = await rest.client();
    now = new Date(now.getTime() + 16 * 60_000);
    const { status, body, headers } = await rest.call("GET", "/api/orders", { token });
    expect([status, body["code"]]).toEqual([401, "TOKEN_EXPIRED"]);
    expect(headers.get("www-authenticate")).toBe("Bearer");
  });

  test.each(["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi"])("%p is none", async (authorization) => {
    const { status, body } = await rest.call("GET", "/api/orders", { headers: { authorization } });
    expect([status, body["code"]]).toEqual([401, "UNAUTHENTICATED"]);
  });

  test("a role that the account no longer has is not believed", async () => {
    const { token, user } = await rest.client();
    const forged = await signAccessToken(TEST_SECRET, {
      user_id: user.id,
      role: "ADMIN",
      session_id: (JSON.parse(atob(token.split(".")[1] ?? "")) as { sid: string }).sid,
      expires_at: Math.floor(now.getTime() / 1000) + 60,
    });
    expect((await rest.call("GET", "/api/events", { token: forged })).status).toBe(401);
  });
});
