import { expect, test } from "bun:test";
import type { Principal } from "@espigon/event_contracts";
import { createPrincipalCheck } from "./principalCheck.ts";

const ANA: Principal = { user_id: "7", role: "CLIENT", session_id: "of Ana", expires_at: 900 };

/** A check of which the test answers each question to the accounts by hand. */
function setUp() {
  const state = { now: 0 };
  const asked: PromiseWithResolvers<boolean>[] = [];
  const principals = createPrincipalCheck({
    accounts: {
      isCurrent() {
        const question = Promise.withResolvers<boolean>();
        asked.push(question);
        return question.promise;
      },
    },
    now: () => new Date(state.now),
  });
  return { state, asked, principals };
}

test("a good answer is believed for five seconds, for that session and claim alone", async () => {
  const { state, asked, principals } = setUp();
  const first = principals.isCurrent(ANA);
  asked[0]?.resolve(true);
  expect(await first).toBe(true);
  state.now = 4_999;
  expect(await principals.isCurrent(ANA)).toBe(true);
  expect(asked).toHaveLength(1);
  const asAdmin = principals.isCurrent({ ...ANA, role: "ADMIN" });
  asked[1]?.resolve(false);
  expect(await asAdmin).toBe(false);
});

test("after five seconds it is asked for again", async () => {
  const { state, asked, principals } = setUp();
  const first = principals.isCurrent(ANA);
  asked[0]?.resolve(true);
  await first;
  state.now = 5_000;
  const late = principals.isCurrent(ANA);
  asked[1]?.resolve(false);
  expect(await late).toBe(false);
});

test("answers are kept for a bounded number of sessions", async () => {
  const { asked, principals } = setUp();
  for (let index = 0; index <= 10_000; index += 1) {
    const answer = principals.isCurrent({ ...ANA, session_id: String(index) });
    asked[index]?.resolve(true);
    await answer;
  }
  const forgotten = principals.isCurrent({ ...ANA, session_id: "0" });
  asked[10_001]?.resolve(false);
  expect(await forgotten).toBe(false);
});

test("an answer that was asked for before the session ended is not believed any longer", async () => {
  const { asked, principals } = setUp();
  const early = principals.isCurrent(ANA);
  principals.forget("of Ana");
  asked[0]?.resolve(true);
  await early;
  const late = principals.isCurrent(ANA);
  asked[1]?.resolve(false);
  expect(await late).toBe(false);
});
