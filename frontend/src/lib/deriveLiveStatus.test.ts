import { describe, expect, test } from "bun:test";
import type { ConnectionState } from "@espigon/realtime_client";
import fc from "fast-check";
import { deriveLiveStatus, type LiveFacts } from "./deriveLiveStatus.ts";

const NOW = 10_000_000;
const facts = (change: Partial<LiveFacts>): LiveFacts => ({
  now: NOW,
  connection: { status: "live", since: NOW - 60_000 },
  online: true,
  sessionEnded: false,
  staleSince: null,
  failing: false,
  lastUpdate: NOW - 2_000,
  ...change,
});
const retry = () => {};
const kindOf = (change: Partial<LiveFacts>) => deriveLiveStatus(facts(change), retry).kind;
type Lost = Extract<ConnectionState, { status: "reconnecting" }>;
const lost = (agoMs: number, heardAgoMs = agoMs): Lost => ({
  status: "reconnecting",
  attempt: 3,
  since: NOW - agoMs,
  heardAt: NOW - heardAgoMs,
  retryAt: NOW + 4_000,
});

describe("the indicator", () => {
  test("stays green for a second when the link is lost, then says which attempt it is", () => {
    expect(kindOf({ connection: lost(900) })).toBe("live");
    expect(deriveLiveStatus(facts({ connection: lost(1_000) }), retry)).toEqual({ kind: "reconnecting", attempt: 3 });
  });

  test("is not green while the first link fails, however short", () => {
    expect(kindOf({ connection: { ...lost(100), heardAt: null } })).toBe("reconnecting");
    expect(deriveLiveStatus(facts({ connection: { ...lost(9_000), heardAt: null } }), retry)).toEqual({
      kind: "stale",
      since: NOW - 9_000,
    });
  });

  test("has no grace over figures whose reads fail", () => {
    expect(kindOf({ connection: lost(100), staleSince: NOW - 1_500, failing: true })).toBe("stale");
  });

  test("tells how old the figures are while there is no network", () => {
    const offline = { online: false, lastUpdate: NOW - 2_000 };
    expect(deriveLiveStatus(facts(offline), retry)).toMatchObject({ since: NOW - 2_000 });
    expect(deriveLiveStatus(facts({ ...offline, staleSince: NOW - 4_000 }), retry)).toMatchObject({
      since: NOW - 4_000,
    });
  });

  test("has no grace for a link that had been silent before it was given up", () => {
    expect(kindOf({ connection: lost(100, 9_500) })).toBe("stale");
  });

  test("tells the age of the figures when nothing was heard for nine seconds", () => {
    expect(deriveLiveStatus(facts({ connection: lost(20_000) }), retry)).toEqual({
      kind: "stale",
      since: NOW - 20_000,
    });
  });

  test("tells the age of the figures when the link lives but the answers are late", () => {
    expect(deriveLiveStatus(facts({ staleSince: NOW - 9_000 }), retry)).toEqual({ kind: "stale", since: NOW - 9_000 });
    expect(kindOf({ staleSince: NOW - 3_000 })).toBe("live");
  });

  test("does not wait that long when the reads fail", () => {
    expect(kindOf({ staleSince: NOW - 3_000, failing: true })).toBe("stale");
    expect(kindOf({ staleSince: NOW - 900, failing: true })).toBe("live");
  });

  test("is offline without a network at once, and after two minutes without a link", () => {
    expect(kindOf({ online: false })).toBe("offline");
    expect(deriveLiveStatus(facts({ connection: lost(120_000) }), retry)).toEqual({
      kind: "offline",
      since: NOW - 120_000,
      retryInMs: 4_000,
      retry,
    });
  });

  test("says that the session is over, whatever else is wrong", () => {
    expect(kindOf({ sessionEnded: true, online: false })).toBe("ended");
    expect(kindOf({ connection: { status: "closed", reason: "forbidden" } })).toBe("ended");
  });

  test("is never green over figures that have been stale, or a server that has been silent, for ten seconds", () => {
    const agoMs = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(fc.option(agoMs), agoMs, agoMs, fc.boolean(), (staleAgo, sinceAgo, heardBefore, isLive) => {
        const connection: ConnectionState = isLive
          ? { status: "live", since: NOW - sinceAgo }
          : lost(sinceAgo, sinceAgo + heardBefore);
        const staleSince = staleAgo === null ? null : NOW - staleAgo;
        if (kindOf({ connection, staleSince }) !== "live") return;
        expect(staleAgo ?? 0).toBeLessThan(10_000);
        if (connection.status === "reconnecting") expect(NOW - (connection.heardAt ?? 0)).toBeLessThan(10_000);
      }),
    );
  });
});
