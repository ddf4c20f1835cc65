import { describe, expect, test } from "bun:test";
import type { ConnectionState } from "@espigon/realtime_client";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { createLiveStatus } from "./createLiveStatus.ts";
import type { RefetchState } from "./RefetchCoordinator.ts";
import type { SessionState } from "./Session.ts";

function setUp() {
  const scheduler = createFakeScheduler();
  const watchers = new Set<() => void>();
  const watch = (listener: () => void) => {
    watchers.add(listener);
    return () => {
      watchers.delete(listener);
    };
  };
  let connection: ConnectionState = { status: "live", since: scheduler.now() };
  let session: SessionState = { status: "anonymous", user: null, ended: false };
  let queries: RefetchState[] = [];
  let retries = 0;
  const status = createLiveStatus({
    scheduler,
    realtime: {
      state: () => connection,
      onState: (listener) => watch(() => listener(connection)),
      heardAt: () => null,
      retry: () => {
        retries += 1;
      },
    },
    queries: { states: () => queries, subscribe: watch, refetchAll: () => {} },
    session: { state: () => session, subscribe: watch },
    network: { isOnline: () => true, subscribe: watch },
  });
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  return {
    scheduler,
    status,
    watchers,
    retries: () => retries,
    connection: (next: ConnectionState) => {
      connection = next;
      changed();
    },
    endSession: () => {
      session = { status: "anonymous", user: null, ended: true };
      changed();
    },
    stale: (since: number) => {
      queries = [{ inFlight: false, error: new Error("no answer"), shown: 1, staleSince: since, answeredAt: since }];
      changed();
    },
  };
}

describe("the status of the indicator", () => {
  test("turns when only time has passed, by ten seconds at the latest", async () => {
    const { scheduler, status, stale } = setUp();
    status.subscribe(() => {});
    const since = scheduler.now();
    stale(since);
    expect(status.current().kind).toBe("live");
    await scheduler.advance(9_500);
    expect(status.current()).toEqual({ kind: "stale", since });
  });

  test("goes from the second of grace to the attempts, and to the age of the figures", async () => {
    const { scheduler, status, connection } = setUp();
    const seen: string[] = [];
    status.subscribe(() => seen.push(status.current().kind));
    const since = scheduler.now();
    connection({ status: "reconnecting", attempt: 2, since, heardAt: since, retryAt: null });
    await scheduler.advance(130_000);
    expect([...new Set(seen)]).toEqual(["reconnecting", "stale", "offline"]);
  });

  test("offers a retry while it is offline", async () => {
    const { scheduler, status, connection, retries } = setUp();
    status.subscribe(() => {});
    const since = scheduler.now();
    connection({ status: "reconnecting", attempt: 9, since, heardAt: since, retryAt: since + 140_000 });
    await scheduler.advance(125_000);
    const now = status.current();
    if (now.kind !== "offline") throw new Error(now.kind);
    expect(Math.floor(now.retryInMs / 1_000)).toBe(15);
    now.retry();
    expect(retries()).toBe(1);
  });

  test("keeps no timer while all is well or all is over, nor when nobody looks", async () => {
    const { scheduler, status, connection, endSession, watchers } = setUp();
    const stop = status.subscribe(() => {});
    expect(scheduler.pending()).toBe(0);
    connection({ status: "connecting" });
    expect(scheduler.pending()).toBe(1);
    endSession();
    expect(status.current()).toEqual({ kind: "ended" });
    expect(scheduler.pending()).toBe(0);
    stop();
    expect(watchers.size).toBe(0);
  });
});
