import { expect, test } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import type { ConnectionState, RealtimeEvent } from "@espigon/realtime_client";
import { followSession } from "./followSession.ts";
import type { SessionState } from "./Session.ts";

/** A session that the server judges as told, a connection that it may refuse for good, and what is done about both. */
function setUp() {
  const scheduler = createFakeScheduler();
  const told = { connects: 0, renewals: 0 };
  const steps: string[] = [];
  let state: SessionState = { status: "anonymous", user: null, ended: false };
  let onSession = () => {};
  let onToken: (token: string) => void = () => {};
  let onEvent: (event: RealtimeEvent) => void = () => {};
  let judge: () => Promise<string | null> = async () => "a.b.c";
  let onState: (state: ConnectionState) => void = () => {};
  const nothing = () => {};
  followSession({
    scheduler,
    session: {
      state: () => state,
      subscribe(listener) {
        onSession = listener;
        return nothing;
      },
      onToken(listener) {
        onToken = listener;
        return nothing;
      },
      getToken: (options) => {
        if (options?.refresh === true) told.renewals += 1;
        return judge();
      },
    },
    apollo: {
      resetStore: async () => {
        steps.push("empty");
        await Promise.resolve();
        steps.push("emptied");
      },
    },
    liveQueries: { refetchAll: () => void steps.push("refetch") },
    realtime: {
      onState(listener) {
        onState = listener;
        return nothing;
      },
      subscribe(listener) {
        onEvent = listener;
        return nothing;
      },
      connect() {
        told.connects += 1;
        steps.push("connect");
      },
      close: () => void steps.push("close"),
      authenticate: (token) => void steps.push(`authenticate ${token}`),
    },
  });
  return {
    scheduler,
    told,
    /** What followed from it, once all has settled. */
    after: async (happens: () => void): Promise<readonly string[]> => {
      steps.length = 0;
      happens();
      await scheduler.advance(0);
      return [...steps];
    },
    signIn: (id: string): void => {
      state = { status: "signed_in", user: { id, name: "Rosa", role: "CLIENT", seller_id: null } };
      onSession();
    },
    signOut: (): void => {
      state = { status: "anonymous", user: null, ended: false };
      onSession();
    },
    token: (token: string): void => onToken(token),
    hear: (event: RealtimeEvent): void => onEvent(event),
    judge: (next: typeof judge) => {
      judge = next;
    },
    refuse: async () => {
      onState({ status: "closed", reason: "forbidden" });
      await scheduler.advance(0);
    },
    stop: () => onState({ status: "closed", reason: "stopped" }),
  };
}

test("another user gets a connection of their own, and what is on screen is read again once nothing of the last one is kept", async () => {
  const { after, signIn, signOut } = setUp();
  expect(await after(() => signIn("7"))).toEqual(["close", "empty", "connect", "emptied"]);
  expect(await after(() => signIn("7"))).toEqual([]);
  expect(await after(() => signIn("8"))).toEqual(["close", "empty", "connect", "emptied", "refetch"]);
  expect(await after(signOut)).toEqual(["close", "empty", "emptied"]);
});

test("the connection hears of each new token", async () => {
  const { after, token } = setUp();
  expect(await after(() => token("a.b.c"))).toEqual(["authenticate a.b.c"]);
});

test("what is cached goes when the numbers have started anew, and stays after any other resync", async () => {
  const { after, hear } = setUp();
  expect(await after(() => hear({ kind: "resync", reason: "gap", seq: 9 }))).toEqual([]);
  expect(await after(() => hear({ kind: "resync", reason: "unknown_seq", seq: 1 }))).toEqual(["empty", "emptied"]);
});

test("who closes the connection is not connected again", async () => {
  const { after, told, stop } = setUp();
  expect(await after(stop)).toEqual([]);
  expect(told.renewals).toBe(0);
});

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
  await refuse();
  await scheduler.advance(1);
  expect(told.connects).toBe(2);
  await scheduler.advance(9_999);
  expect(told.connects).toBe(2);
  await scheduler.advance(1);
  expect(told.connects).toBe(3);
});
