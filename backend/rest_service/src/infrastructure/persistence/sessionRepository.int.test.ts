import { afterAll, beforeAll, expect, test } from "bun:test";
import { createAttemptLimiter } from "../../application/attemptLimiter.ts";
import { createLogin } from "../../application/Login.ts";
import { noSharedAttempts } from "../../application/SharedAttempts.ts";
import type { User } from "../../domain/User.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { createAccountAdministration } from "./accountAdministration.ts";
import { createSessionRepository } from "./sessionRepository.ts";
import { createUserRepository } from "./userRepository.ts";

let marketplace: TestMarketplace;
beforeAll(async () => {
  marketplace = await createTestMarketplace();
});
afterAll(() => marketplace.close());

const SYSTEM = { role: "SYSTEM" } as const;
const HASH = "the hash of the old password";

async function setUp() {
  const { pool } = marketplace;
  const accounts = createUserRepository(pool);
  const email = `${crypto.randomUUID()}@espigon.test`;
  const user = await accounts.register({ email, password_hash: HASH, name: "Ana", shop: undefined });
  if (user === undefined) throw new Error("no account");
  const limiter = createAttemptLimiter({
    name: "logins",
    limit: 100,
    windowMs: 1000,
    maxKeys: 10,
    shared: noSharedAttempts,
    now: () => 0,
  });
  const tokens = { sessions: createSessionRepository(pool), signToken: async () => "a.b.c", now: () => new Date() };
  /** A login whose right password is found while `meanwhile` happens, as behind a queue of others. */
  const loginDuring = (meanwhile: (user: User) => Promise<unknown>) =>
    createLogin({
      ...tokens,
      accounts,
      passwords: {
        hash: async () => HASH,
        async verify() {
          await meanwhile(user);
          return true;
        },
      },
      perAccount: limiter,
      perEmail: limiter,
      perAddress: limiter,
      hashes: limiter,
    })({ email, password: "the old password", address: "203.0.113.1" });
  const openSessions = async () => {
    const { rowCount } = await pool.query("select from sessions where user_id = $1 and revoked_at is null", [user.id]);
    return rowCount;
  };
  return { pool, accounts, administration: createAccountAdministration(pool), user, email, loginDuring, openSessions };
}

test("a login that began before the password was changed gets no session", async () => {
  const { accounts, email, loginDuring, openSessions } = await setUp();
  const during = loginDuring(async () => {
    const credentials = await accounts.credentialsOf(email);
    if (credentials !== undefined) await accounts.changePassword(credentials, "the hash of the new password");
  });
  expect(await during).toEqual({ kind: "refused" });
  expect(await openSessions()).toBe(0);
});

test.each([{ disabled: true }, { role: "ADMIN" as const }])(
  "a login that began before its account became %p gets no session",
  async (changes) => {
    const { administration, loginDuring, openSessions } = await setUp();
    expect(await loginDuring(({ id }) => administration.change(id, changes, SYSTEM))).toEqual({ kind: "refused" });
    expect(await openSessions()).toBe(0);
  },
);

test("a login waits for a change of the account that is under way, and finds it", async () => {
  const { pool, user, loginDuring, openSessions } = await setUp();
  const other = await pool.connect();
  try {
    await other.query("begin");
    await other.query("update users set disabled_at = now() where id = $1", [user.id]);
    const login = loginDuring(async () => {});
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await waitUntil("the login waits", async () => (await pool.query(waits)).rowCount === 1);
    await other.query("commit");
    expect(await login).toEqual({ kind: "refused" });
  } finally {
    other.release();
  }
  expect(await openSessions()).toBe(0);
});

test("of two changes that both know the old password, one is made", async () => {
  const { accounts, email } = await setUp();
  const credentials = await accounts.credentialsOf(email);
  if (credentials === undefined) throw new Error("no account");
  const made = await Promise.all(["one", "two"].map((hash) => accounts.changePassword(credentials, hash)));
  expect(made.filter(Boolean)).toHaveLength(1);
});

test("a used token buys successors for the grace after its first use, and not after each further one", async () => {
  const { pool, user, openSessions } = await setUp();
  const sessions = createSessionRepository(pool);
  const token = (name: string) => new TextEncoder().encode(`${name} of ${user.id}`);
  const [id, expires_at] = [crypto.randomUUID(), new Date(Date.now() + 60_000)];
  await sessions.open({ id, proof: { user, password_hash: HASH }, expires_at, token: token("first") });
  const kinds = [];
  for (const successor of ["second", "third", "fourth"]) {
    const rotation = await sessions.rotate({ presented: token("first"), successor: token(successor), grace_s: 10 });
    kinds.push(rotation.kind);
    await pool.query("update refresh_tokens set used_at = used_at - interval '6 s' where hash = $1", [token("first")]);
  }
  expect([kinds, await openSessions()]).toEqual([["rotated", "rotated", "reused"], 0]);
});
