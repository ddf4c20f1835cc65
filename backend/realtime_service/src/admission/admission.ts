import { networkOf } from "@espigon/service_kit";
import { type Rate, takeToken, type TokenBucket } from "../websockets/tokenBucket.ts";
import type { PlaceHeld, SharedPlaces } from "./SharedPlaces.ts";

export type AdmissionLimits = {
  readonly total: number;
  /**
   * Of all nodes together, where they share a count; else of this node. As many new ones a second; bursts may be fifty
   * times that.
   */
  readonly perUser: number;
  readonly perAddress: number;
  /** New sockets a second; bursts may be ten times that. */
  readonly perSecond: number;
};

type AdmissionVerdict =
  /** `address` is what was counted (`networkOf`): one and the same text for all its sockets, so that it is kept once. */
  | { readonly kind: "admitted"; readonly address: string }
  | { readonly kind: "refused"; readonly limit: "total" | "user" | "address" | "rate"; readonly retryAfterS: number };

export type Admission = {
  /** Takes a place, which the caller gives back when the socket has ended. */
  admit(userId: string, address: string): Promise<AdmissionVerdict>;
  /** Gives a place back; `address` as the verdict has it. */
  release(userId: string, address: string): void;
  close(): void;
};

export type AdmissionDeps = {
  readonly limits: AdmissionLimits;
  /** Opens the count that all nodes share; `held` tells all that this node holds. */
  readonly openShared: (held: () => readonly PlaceHeld[]) => SharedPlaces;
  readonly now: () => number;
};

/**
 * Counts the open sockets and refuses one too many: in all and by rate on this node, by user and address over all nodes.
 * While the shared count is out of reach, the node's own stands in for it.
 */
export function createAdmission({ limits, openShared, now }: AdmissionDeps): Admission {
  const users = createTally();
  const addresses = createTally();
  const rate = { perSecond: limits.perSecond, burst: limits.perSecond * 10 };
  const bucket = { fullAt: 0 };
  const mayConnect = createUserRate({ perSecond: limits.perUser, burst: limits.perUser * 50 }, now);
  let total = 0;

  const heldOf = (user: string, address: string): readonly PlaceHeld[] => [
    { kind: "user", name: user, held: users.count(user) },
    { kind: "address", name: address, held: addresses.count(address) },
  ];
  const shared = openShared(() => [
    ...users.all().map(([name, held]) => ({ kind: "user" as const, name, held })),
    ...addresses.all().map(([name, held]) => ({ kind: "address" as const, name, held })),
  ]);
  const limitOf = { user: limits.perUser, address: limits.perAddress };
  const giveBack = (user: string, address: string) => {
    total -= 1;
    users.remove(user);
    addresses.remove(address);
    shared.tell(heldOf(user, address));
  };

  return {
    async admit(userId, from) {
      const address = networkOf(from);
      if (total >= limits.total) return { kind: "refused", limit: "total", retryAfterS: 10 };
      if (users.count(userId) >= limits.perUser) return { kind: "refused", limit: "user", retryAfterS: 30 };
      if (addresses.count(address) >= limits.perAddress) {
        return { kind: "refused", limit: "address", retryAfterS: 30 };
      }
      // The user's own rate first: who is refused by it takes nothing from others.
      if (!mayConnect(userId) || !takeToken(bucket, rate, now()))
        return { kind: "refused", limit: "rate", retryAfterS: 2 };
      total += 1;
      users.add(userId);
      const kept = addresses.add(address);
      const claims = heldOf(userId, address).map((held) => ({ ...held, limit: limitOf[held.kind] }));
      const full = await shared.claim(claims);
      if (full === undefined) return { kind: "admitted", address: kept };
      // Whatever was told meanwhile counted this one too.
      giveBack(userId, address);
      return { kind: "refused", limit: full, retryAfterS: 30 };
    },
    release: giveBack,
    close: () => shared.close(),
  };
}

/** When there are more, those of users who have not connected lately are forgotten. */
const BUCKETS = 10_000;

/** Whether a user may open one more connection now. */
function createUserRate(rate: Rate, now: () => number): (userId: string) => boolean {
  const buckets = new Map<string, TokenBucket>();
  return (userId) => {
    if (buckets.size >= BUCKETS) {
      for (const [user, { fullAt }] of buckets) if (fullAt <= now()) buckets.delete(user);
    }
    const bucket = buckets.get(userId) ?? { fullAt: 0 };
    buckets.set(userId, bucket);
    return takeToken(bucket, rate, now());
  };
}

/** Counts by name. */
function createTally() {
  const counts = new Map<string, { readonly name: string; count: number }>();
  return {
    count: (name: string) => counts.get(name)?.count ?? 0,
    all: () => [...counts.values()].map(({ name, count }) => [name, count] as const),
    /** Returns the name as it was first given. */
    add(name: string): string {
      const entry = counts.get(name) ?? { name, count: 0 };
      entry.count += 1;
      counts.set(entry.name, entry);
      return entry.name;
    },
    remove(name: string): void {
      const entry = counts.get(name);
      if (entry === undefined) return;
      entry.count -= 1;
      if (entry.count === 0) counts.delete(name);
    },
  };
}
