import { expect, test } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import type { ConnectionState } from "@espigon/realtime_client";
import { followSession } from "./followSession.ts";

/** A session that the server judges as `renewed` says, and a connection that it has just refused for good. */
function setUp() {
  const scheduler = createFakeScheduler();
  const told = { connects: 0, renewals: 0 };
  let judge: () => Promise<string | null> = async () => "a.b.c";
  let onState: (state: ConnectionState) => void = () => {};
  const nothing = () => {};
  followSession({
    scheduler,
    session: {
      state: () => ({ status: "anonymous", user: null, ended: false }),
      subscribe: () => nothing,
      onToken: () => nothing,
      getToken: () => {
        told.renewals += 1;
        return judge();
      },
    },
    apollo: { resetStore: async () => null },
    liveQueries: { refetchAll: nothing },
    realtime: {
      onState(listener) {
        onState = listener;
        return nothing;
      },
      subscribe: () => nothing,
      connect: () => void (told.connects += 1),
      close: nothing,
      authenticate: nothing,
    },
  });
  return {
    scheduler,
    told,
    judge: (next: typeof judge) => {
      judge = next;
    },
    refuse: async () => {
      onState({ status: "closed", reason: "forbidden" });
      await scheduler.advance(0);
    },
  };
}

test("who is sent away while the session stands, as after a change of the password, connects again at once", async () => {
  const { told, refuse } = setUp();
  await refuse();
  expect(told).toEqual({ renewals: 1, connects: 1 });
});

test("who is sent away because the session has ended does not", async () => {
  const { told, refuse, scheduler, judge } = setUp();
  judge(async () => null);
  await refuse();
  await scheduler.advance(60_000);
  expect(told).toEqual({ renewals: 1, connects: 0 });
});

test("who is sent away again and again tries every 10 s; so does who could not ask", async () => {
  const { told, refuse, scheduler, judge } = setUp();
  await refuse();
  judge(() => Promise.reject(new Error("no network")));
  await refuse();
  expect(told.connects).toBe(1);
  await scheduler.advance(9_999);
  expect(told.connects).toBe(1);
  await scheduler.advance(1);
  expect(told.connects).toBe(2);
});
