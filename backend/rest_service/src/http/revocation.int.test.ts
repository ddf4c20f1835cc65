import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Account, createTestApp, TEST_ORIGIN, type TestApp } from "./testApp.ts";

let rest: TestApp;
let admin: Account;
beforeAll(async () => {
  rest = await createTestApp();
  admin = await rest.admin();
});
afterAll(() => rest.close());

const PASSWORD = "buena pesca";
const as = ({ cookie }: Account) => ({ headers: { cookie, origin: TEST_ORIGIN } });
const login = (email: string, password = PASSWORD) =>
  rest.call<{ access_token: string; code?: string }>("POST", "/api/auth/login", { body: { email, password } });
const mayRead = async (token: string) => (await rest.call("GET", "/api/orders", { token })).status === 200;
const sessionOf = (token: string) => (JSON.parse(atob(token.split(".")[1] ?? "")) as { sid: string }).sid;

/** What was put into the outbox about a user since the last look, as nodes will hear it. */
async function revocations(user_id: string) {
  const { rows } = await rest.pool.query<{ actor: unknown; payload: Record<string, unknown> }>(
    `delete from outbox_pending where type = 'ACCESS_REVOKED' and payload->>'user_id' = $1 returning actor, payload`,
    [user_id],
  );
  return rows;
}

const sessionsOf = (event: { payload: Record<string, unknown> } | undefined) =>
  (event?.payload["session_ids"] ?? []) as string[];

describe("what ends access leaves an event in the same transaction", () => {
  test("logout: its session, once", async () => {
    const account = await rest.client();
    const before = rest.commits();
    await rest.call("POST", "/api/auth/logout", as(account));
    await rest.call("POST", "/api/auth/logout", as(account));
    expect(rest.commits()).toBe(before + 1);
    expect(await revocations(account.user.id)).toEqual([
      {
        actor: { user_id: account.user.id, role: "CLIENT" },
        payload: {
          user_id: account.user.id,
          reason: "logout",
          session_ids: [sessionOf(account.token)],
          whole_account: false,
        },
      },
    ]);
  });

  test("a refresh token that comes back: its session", async () => {
    const account = await rest.client();
    await rest.call("POST", "/api/auth/refresh", as(account));
    await rest.pool.query("update refresh_tokens set used_at = used_at - interval '11 seconds'");
    const before = rest.commits();
    expect((await rest.call("POST", "/api/auth/refresh", as(account))).status).toBe(401);
    expect(rest.commits()).toBe(before + 1);
    expect(await revocations(account.user.id)).toMatchObject([
      { actor: { role: "SYSTEM" }, payload: { reason: "token_reused", session_ids: [sessionOf(account.token)] } },
    ]);
  });

  test("a new password: every session but the new one", async () => {
    const account = await rest.client();
    const other = (await login(account.email)).body.access_token;
    const changed = await rest.call<{ access_token: string }>("POST", "/api/auth/password", {
      token: account.token,
      body: { current_password: PASSWORD, new_password: "mejor pesca" },
    });
    expect(changed.status).toBe(200);
    const [event, ...more] = await revocations(account.user.id);
    expect(more).toEqual([]);
    expect(event?.payload).toMatchObject({ reason: "password_changed", whole_account: true });
    expect(new Set(sessionsOf(event))).toEqual(new Set([account.token, other].map(sessionOf)));
    expect(await Promise.all([changed.body.access_token, other].map(mayRead))).toEqual([true, false]);
    expect([(await login(account.email)).status, (await login(account.email, "mejor pesca")).status]).toEqual([
      401, 200,
    ]);
  });

  test.each([
    [{ disabled: true }, "account_disabled"],
    [{ role: "ADMIN" }, "role_changed"],
  ])("%j by an administrator: every session", async (changes, reason) => {
    const account = await rest.client();
    const { status, body } = await rest.call("PATCH", `/api/users/${account.user.id}`, {
      token: admin.token,
      body: changes,
    });
    expect([status, body]).toMatchObject([200, { id: account.user.id, email: account.email, ...changes }]);
    expect(await revocations(account.user.id)).toMatchObject([
      { actor: { user_id: admin.user.id, role: "ADMIN" }, payload: { reason, whole_account: true } },
    ]);
    expect(await mayRead(account.token)).toBe(false);
    expect((await rest.call("POST", "/api/auth/refresh", as(account))).status).toBe(401);
  });

  test("disconnect: one session, or all, of which a message names at most 100", async () => {
    const account = await rest.client();
    const session_id = sessionOf((await login(account.email)).body.access_token);
    const disconnect = (body: object) =>
      rest.call("POST", "/api/realtime/disconnect", {
        token: admin.token,
        body: { user_id: account.user.id, ...body },
      });
    expect((await disconnect({ session_id })).status).toBe(204);
    expect(await revocations(account.user.id)).toMatchObject([{ payload: { session_ids: [session_id] } }]);
    await rest.pool.query(
      `insert into sessions (id, user_id, expires_at)
       select gen_random_uuid(), $1, now() + interval '1 day' from generate_series(1, 249)`,
      [account.user.id],
    );
    expect((await disconnect({})).status).toBe(204);
    const told = await revocations(account.user.id);
    expect(told.map((event) => sessionsOf(event).length).toSorted((a, b) => b - a)).toEqual([100, 100, 50]);
    expect((await disconnect({})).status).toBe(204);
    expect(await revocations(account.user.id)).toMatchObject([{ payload: { session_ids: [], whole_account: true } }]);
  });
});

describe("an account", () => {
  test("that was disabled cannot log in until it is enabled again", async () => {
    const account = await rest.client();
    const change = (disabled: boolean) =>
      rest.call("PATCH", `/api/users/${account.user.id}`, { token: admin.token, body: { disabled } });
    await change(true);
    expect((await login(account.email)).status).toBe(401);
    await change(false);
    expect((await login(account.email)).status).toBe(200);
    expect((await revocations(account.user.id)).length).toBe(1);
  });

  test("of a shop keeps its role, and nobody changes their own", async () => {
    const seller = await rest.seller();
    const change = (id: string) =>
      rest.call("PATCH", `/api/users/${id}`, { token: admin.token, body: { role: "CLIENT" } });
    expect((await change(seller.user.id)).body["code"]).toBe("HAS_SHOP");
    expect((await change(admin.user.id)).body["code"]).toBe("OWN_ACCOUNT");
    expect((await change("999999999")).status).toBe(404);
    expect(await mayRead(seller.token)).toBe(true);
  });

  test("is listed for administrators alone, without any secret", async () => {
    const account = await rest.client();
    const list = await rest.call<{ users: Record<string, unknown>[] }>("GET", `/api/users?search=${account.email}`, {
      token: admin.token,
    });
    expect(list.body.users).toEqual([
      { ...account.user, email: account.email, disabled: false, created_at: expect.any(String) },
    ]);
    const seller = await rest.seller();
    for (const { token } of [account, seller]) {
      expect((await rest.call("GET", "/api/users", { token })).status).toBe(403);
      expect((await rest.call("PATCH", "/api/users/1", { token, body: { disabled: true } })).status).toBe(403);
      const disconnect = { token, body: { user_id: admin.user.id } };
      expect((await rest.call("POST", "/api/realtime/disconnect", disconnect)).status).toBe(403);
    }
  });
});

describe("a password", () => {
  test("that is not good enough may be proposed a few times: each costs a hash of the present one", async () => {
    const account = await rest.client();
    const propose = () =>
      rest.call("POST", "/api/auth/password", {
        token: account.token,
        body: { current_password: PASSWORD, new_password: "12345678" },
      });
    const statuses = (await Promise.all(Array.from({ length: 12 }, propose))).map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([...Array<number>(10).fill(400), 429, 429]);
  });

  test("is changed only by who knows it, and guesses are limited", async () => {
    const account = await rest.client();
    const change = (current_password: string, new_password = "mejor pesca") =>
      rest.call("POST", "/api/auth/password", { token: account.token, body: { current_password, new_password } });
    expect((await change("wrong")).body["code"]).toBe("INVALID_CREDENTIALS");
    expect((await change(PASSWORD, "short")).body).toMatchObject({
      code: "INVALID_INPUT",
      errors: [{ path: "new_password" }],
    });
    expect((await rest.call("POST", "/api/auth/password", { body: {} })).status).toBe(401);
    for (let guess = 0; guess < 9; guess += 1) await change("wrong");
    expect((await change(PASSWORD)).status).toBe(429);
    expect(await mayRead(account.token)).toBe(true);
  });
});
