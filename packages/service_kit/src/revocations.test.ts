import { describe, expect, test } from "bun:test";
import type { FeedMessage, Principal } from "@espigon/event_contracts";
import fc from "fast-check";
import { createRevocations } from "./revocations.ts";

const MINUTE = 60_000;

function notice(user_id: string, session_ids: string[], whole_account = false): FeedMessage {
  return { type: "ACCESS_REVOKED", user_id, metadata: { reason: "logout", session_ids, whole_account } };
}

/** A token of 15 minutes, issued at `at` milliseconds. */
function issued(at: number, user_id: string, session_id?: string): Principal {
  const seconds = Math.floor(at / 1000);
  const session = session_id === undefined ? {} : { session_id };
  return { user_id, role: "CLIENT", ...session, issued_at: seconds, expires_at: seconds + 900 };
}

describe("revocations", () => {
  test("name sessions, and of a whole account also the tokens without one", () => {
    const revocations = createRevocations({ now: () => 0 });
    revocations.hear(notice("7", ["a"]));
    expect(revocations.verdictOn(issued(-1, "7", "a"))).toBe("revoked");
    expect(revocations.verdictOn(issued(1000, "7", "b"))).toBe("good");
    expect(revocations.verdictOn(issued(1000, "8", "a"))).toBe("good");
    expect(revocations.verdictOn(issued(1000, "7"))).toBe("good");
    revocations.hear(notice("7", [], true));
    expect(revocations.verdictOn(issued(1000, "7"))).toBe("revoked");
  });

  test("name each of several sessions, and are kept in a bounded number: what is pushed out leaves a doubt", () => {
    let now = MINUTE;
    const revocations = createRevocations({ now: () => now, maxKept: 3 });
    revocations.hear(notice("7", ["a", "b"]));
    for (const session of ["a", "b"]) expect(revocations.verdictOn(issued(0, "7", session))).toBe("revoked");
    now = 2 * MINUTE;
    revocations.hear(notice("7", ["a", "c"]));
    expect(revocations.verdictOn(issued(0, "7", "z"))).toBe("good");
    revocations.hear(notice("7", ["d"]));
    expect(revocations.verdictOn(issued(0, "7", "b"))).toBe("doubtful");
    expect(revocations.verdictOn(issued(0, "7", "a"))).toBe("revoked");
    expect(revocations.verdictOn(issued(90_000, "7", "z"))).toBe("good");
  });

  test("are remembered for a day, and then leave a doubt", () => {
    let now = 0;
    const revocations = createRevocations({ now: () => now });
    const dayLong = (session_id?: string): Principal => ({ ...issued(0, "7", session_id), expires_at: 24 * 60 * 60 });
    revocations.hear(notice("7", ["a"], true));
    for (const hour of [1, 23, 24]) {
      now = hour * 60 * MINUTE;
      // What is forgotten is forgotten when another comes.
      revocations.hear(notice("8", ["b"]));
      for (const token of [dayLong("a"), dayLong()]) expect(revocations.verdictOn(token)).toBe("revoked");
    }
    now += 3 * MINUTE;
    revocations.hear(notice("8", ["c"]));
    expect(revocations.verdictOn(dayLong("a"))).toBe("doubtful");
    expect(revocations.verdictOn(issued(MINUTE, "7", "b"))).toBe("good");
  });

  test("of a whole account do not hold against who has been given a new token since", () => {
    const revocations = createRevocations({ now: () => 0 });
    revocations.hear(notice("7", ["a"], true));
    expect(revocations.verdictOn(issued(MINUTE, "7"))).toBe("revoked");
    expect(revocations.verdictOn(issued(MINUTE + 1000, "7"))).toBe("good");
    expect(revocations.verdictOn(issued(MINUTE + 1000, "7", "a"))).toBe("revoked");
  });

  test("a token that does not say when it was issued is refused after one, and else taken for as old as ours can be", () => {
    const revocations = createRevocations({ now: () => 0 });
    const endingAt = (minutes: number): Principal => ({ user_id: "7", role: "CLIENT", expires_at: minutes * 60 });
    revocations.miss();
    expect([revocations.verdictOn(endingAt(15)), revocations.verdictOn(endingAt(16))]).toEqual(["doubtful", "good"]);
    revocations.hear(notice("7", [], true));
    expect(revocations.verdictOn(endingAt(24 * 60))).toBe("revoked");
  });

  test("that may have been missed make older tokens doubtful, and not newer ones", () => {
    let now = 0;
    const revocations = createRevocations({ now: () => now });
    now = 5 * MINUTE;
    revocations.miss();
    expect(revocations.verdictOn(issued(5 * MINUTE, "7", "a"))).toBe("doubtful");
    expect(revocations.verdictOn(issued(5 * MINUTE + 1000, "7", "a"))).toBe("good");
    expect(revocations.verdictOn({ user_id: "7", role: "CLIENT", expires_at: 20 * 60 })).toBe("doubtful");
  });

  test("of before the log's window are not known: tokens of that time are doubtful until the window tells its age", () => {
    const now = 100 * MINUTE;
    const revocations = createRevocations({ now: () => now });
    revocations.startAfter(41);
    expect(revocations.verdictOn(issued(now, "7", "a"))).toBe("doubtful");
    const head = { type: "ADMIN_STATS_UPDATED", metadata: {}, seq: 42 } as const;
    revocations.hear(head);
    expect(revocations.verdictOn(issued(now, "7", "a"))).toBe("doubtful");
    revocations.hear({ ...head, at: new Date(90 * MINUTE).toISOString() });
    revocations.hear({ ...head, at: new Date(99 * MINUTE).toISOString() });
    expect(revocations.verdictOn(issued(91 * MINUTE, "7", "a"))).toBe("doubtful");
    expect(revocations.verdictOn(issued(92 * MINUTE, "7", "a"))).toBe("good");
  });

  test("of before the log's window stay unknown, whatever time somebody tells on the channel", () => {
    const now = 100 * MINUTE;
    const revocations = createRevocations({ now: () => now });
    revocations.startAfter(41);
    revocations.hear({ type: "ADMIN_STATS_UPDATED", metadata: {}, at: new Date(0).toISOString() });
    expect(revocations.verdictOn(issued(99 * MINUTE, "7", "a"))).toBe("doubtful");
  });

  test("of a log that is read from its beginning leave nothing in doubt", () => {
    const revocations = createRevocations({ now: () => 0 });
    revocations.startAfter(0);
    expect(revocations.verdictOn(issued(-MINUTE, "7", "a"))).toBe("good");
  });

  test("guard a verifier: revoked is told as such, doubtful as expired", async () => {
    const revocations = createRevocations({ now: () => MINUTE });
    revocations.hear(notice("7", ["a"]));
    revocations.miss();
    const tokens: Record<string, Principal> = {
      revoked: issued(2 * MINUTE, "7", "a"),
      doubtful: issued(MINUTE, "7", "b"),
      good: issued(2 * MINUTE, "7", "b"),
    };
    const verify = revocations.guard(async (token) => {
      const principal = tokens[token];
      return principal === undefined ? { kind: "invalid" } : { kind: "valid", principal };
    });
    const kinds = await Promise.all(
      ["revoked", "doubtful", "good", "other"].map(async (name) => (await verify(name)).kind),
    );
    expect(kinds).toEqual(["revoked", "expired", "valid", "invalid"]);
  });

  test("no revoked token ever passes while it lives, however little is remembered; none is refused without reason", () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 5 * MINUTE }),
      revoke: fc.option(fc.constantFrom("a", "b", "c", "d", "e")),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 30 }), (maxKept, steps) => {
        let now = 100 * MINUTE;
        const revocations = createRevocations({ now: () => now, maxKept });
        const revokedAt = new Map<string, number>();
        for (const { wait, revoke } of steps) {
          now += wait;
          if (revoke !== null) {
            revocations.hear(notice("7", [revoke]));
            revokedAt.set(revoke, now);
          }
          for (const session of ["a", "b", "c", "d", "e", "f"]) {
            const ended = revokedAt.get(session);
            const living = issued(Math.max(now - 14 * MINUTE, 0), "7", session);
            const verdict = revocations.verdictOn(living);
            if (ended !== undefined && ended > now - 14 * MINUTE) expect(verdict).not.toBe("good");
            if (ended === undefined && maxKept >= 5) expect(verdict).toBe("good");
          }
        }
      }),
    );
  });
});
