import { expect, test } from "bun:test";
import { createAttemptLimiter } from "./attemptLimiter.ts";
import { createLogin } from "./Login.ts";
import { noSharedAttempts } from "./SharedAttempts.ts";

const EMAIL = "ana@espigon.test";
const shared = noSharedAttempts;
const limiter = (limit: number) =>
  createAttemptLimiter({ name: "logins", limit, windowMs: 1000, maxKeys: 100, shared, now: () => 0 });
const never = () => Promise.reject(new Error("not of a login"));

/** Logins of an account of which one address may prove three passwords. */
function setUp() {
  const state = { busy: false };
  const login = createLogin({
    now: () => new Date(),
    signToken: async () => "a.b.c",
    sessions: { open: async () => true, rotate: never, revokeByToken: never },
    accounts: {
      register: never,
      credentialsOf: async () => ({
        user: { id: "7", name: "Ana", role: "CLIENT", seller_id: null },
        email: EMAIL,
        password_hash: "hash",
      }),
      credentialsById: never,
      changePassword: never,
      isCurrent: never,
    },
    passwords: { hash: never, verify: async () => (state.busy ? undefined : true) },
    perAccount: limiter(1),
    perEmail: limiter(1),
    perAddress: limiter(1),
    hashes: limiter(3),
  });
  return { state, from: async (address: string) => (await login({ email: EMAIL, password: "p", address })).kind };
}

test("good logins of one address are bounded too, since each costs a hash", async () => {
  const { from } = setUp();
  for (let i = 0; i < 3; i++) expect(await from("203.0.113.1")).toBe("logged_in");
  expect(await from("203.0.113.1")).toBe("limited");
  expect(await from("203.0.113.2")).toBe("logged_in");
});

test("who was turned away for want of a hash has used none", async () => {
  const { state, from } = setUp();
  state.busy = true;
  for (let i = 0; i < 5; i++) expect(await from("203.0.113.1")).toBe("busy");
  state.busy = false;
  expect(await from("203.0.113.1")).toBe("logged_in");
});
