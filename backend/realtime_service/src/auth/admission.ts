import { fullBucket, takeToken } from "../websockets/tokenBucket.ts";

export type AdmissionLimits = {
  readonly total: number;
  readonly perUser: number;
  readonly perAddress: number;
  /** New sockets a second; bursts may be ten times that. */
  readonly perSecond: number;
};

type AdmissionVerdict =
  | { readonly kind: "admitted" }
  | { readonly kind: "refused"; readonly limit: "total" | "user" | "address" | "rate"; readonly retryAfterS: number };

export type Admission = {
  /** Takes a place, which the caller gives back when the socket has ended. */
  admit(userId: string, address: string): AdmissionVerdict;
  release(userId: string, address: string): void;
};

/** Counts the open sockets of a node and refuses one too many. */
export function createAdmission(limits: AdmissionLimits, now: () => number): Admission {
  const users = new Map<string, number>();
  const addresses = new Map<string, number>();
  const rate = { perSecond: limits.perSecond, burst: limits.perSecond * 10 };
  const bucket = fullBucket(rate, now());
  let total = 0;

  return {
    admit(userId, address) {
      if (total >= limits.total) return { kind: "refused", limit: "total", retryAfterS: 10 };
      if ((users.get(userId) ?? 0) >= limits.perUser) return { kind: "refused", limit: "user", retryAfterS: 30 };
      if ((addresses.get(address) ?? 0) >= limits.perAddress) {
        return { kind: "refused", limit: "address", retryAfterS: 30 };
      }
      if (!takeToken(bucket, rate, now())) return { kind: "refused", limit: "rate", retryAfterS: 2 };
      total += 1;
      add(users, userId, 1);
      add(addresses, address, 1);
      return { kind: "admitted" };
    },
    release(userId, address) {
      total -= 1;
      add(users, userId, -1);
      add(addresses, address, -1);
    },
  };
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
