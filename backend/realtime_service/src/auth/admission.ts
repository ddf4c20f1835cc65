import { createTokenBucket } from "../websockets/tokenBucket.ts";

export type AdmissionLimits = {
  readonly total: number;
  readonly perUser: number;
  readonly perAddress: number;
  /** New sockets a second; bursts may be ten times that. */
  readonly perSecond: number;
};

type AdmissionVerdict =
  /** `release` gives the place back, once; calling it again does nothing. */
  | { readonly kind: "admitted"; readonly release: () => void }
  | { readonly kind: "refused"; readonly limit: "total" | "user" | "address" | "rate"; readonly retryAfterS: number };

export type Admission = { admit(userId: string, address: string): AdmissionVerdict };

/** Counts the open sockets of a node and refuses one too many. */
export function createAdmission(limits: AdmissionLimits, now: () => number): Admission {
  const users = new Map<string, number>();
  const addresses = new Map<string, number>();
  const rate = createTokenBucket({ perSecond: limits.perSecond, burst: limits.perSecond * 10 }, now);
  let total = 0;

  return {
    admit(userId, address) {
      if (total >= limits.total) return { kind: "refused", limit: "total", retryAfterS: 10 };
      if ((users.get(userId) ?? 0) >= limits.perUser) return { kind: "refused", limit: "user", retryAfterS: 30 };
      if ((addresses.get(address) ?? 0) >= limits.perAddress) {
        return { kind: "refused", limit: "address", retryAfterS: 30 };
      }
      if (!rate.take()) return { kind: "refused", limit: "rate", retryAfterS: 2 };
      let held = true;
      total += 1;
      add(users, userId, 1);
      add(addresses, address, 1);
      return {
        kind: "admitted",
        release() {
          if (!held) return;
          held = false;
          total -= 1;
          add(users, userId, -1);
          add(addresses, address, -1);
        },
      };
    },
  };
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
