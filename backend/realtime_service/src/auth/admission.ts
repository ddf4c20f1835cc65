import { takeToken } from "../websockets/tokenBucket.ts";

export type AdmissionLimits = {
  readonly total: number;
  readonly perUser: number;
  readonly perAddress: number;
  /** New sockets a second; bursts may be ten times that. */
  readonly perSecond: number;
};

type AdmissionVerdict =
  /** `address` is one and the same text for all sockets of an address, so that it is kept once. */
  | { readonly kind: "admitted"; readonly address: string }
  | { readonly kind: "refused"; readonly limit: "total" | "user" | "address" | "rate"; readonly retryAfterS: number };

export type Admission = {
  /** Takes a place, which the caller gives back when the socket has ended. */
  admit(userId: string, address: string): AdmissionVerdict;
  release(userId: string, address: string): void;
};

/** Counts the open sockets of a node and refuses one too many. */
export function createAdmission(limits: AdmissionLimits, now: () => number): Admission {
  const users = createTally();
  const addresses = createTally();
  const rate = { perSecond: limits.perSecond, burst: limits.perSecond * 10 };
  const bucket = { fullAt: 0 };
  let total = 0;

  return {
    admit(userId, address) {
      if (total >= limits.total) return { kind: "refused", limit: "total", retryAfterS: 10 };
      if (users.count(userId) >= limits.perUser) return { kind: "refused", limit: "user", retryAfterS: 30 };
      if (addresses.count(address) >= limits.perAddress) {
        return { kind: "refused", limit: "address", retryAfterS: 30 };
      }
      if (!takeToken(bucket, rate, now())) return { kind: "refused", limit: "rate", retryAfterS: 2 };
      total += 1;
      users.add(userId);
      return { kind: "admitted", address: addresses.add(address) };
    },
    release(userId, address) {
      total -= 1;
      users.remove(userId);
      addresses.remove(address);
    },
  };
}

/** Counts by name. */
function createTally() {
  const counts = new Map<string, { readonly name: string; count: number }>();
  return {
    count: (name: string) => counts.get(name)?.count ?? 0,
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
