import { audiencesOf, type Notification, staleKeyOf } from "@espigon/event_contracts";

/** Keys whose last seq is remembered to drop repeats. Forgetting one costs a repeat, never a loss. */
const MAX_DELIVERED_KEYS = 2_000;

type Account = {
  /** Nothing of this audience is missing at or below it. */
  settled: number;
  /** The highest seq heard for this audience. */
  seen: number;
  /** What will be settled at the next HEAD of this audience on the same link; null before the first. */
  checkpoint: number | null;
  /** A HEAD was above `seen`, and no answer has settled it yet: hearing later seqs does not make it good. */
  missing: boolean;
};

/**
 * What a client has heard, per audience, and from where it has to resume. Pure bookkeeping: no clock, no socket.
 *
 * A server may hold statistics hints back for a moment and let later frames pass, and a lost link loses what was held.
 * So a seq is *settled* only when nothing before it can be under way any more: by the answer to RESUME, or by two HEADs
 * of its audience in a row, the first after that seq was heard. Resuming from the settled seq repeats a little;
 * repeats are recognized here.
 */
export type Ledger = {
  /** The highest seq ever heard. Never goes back, except by `restart`. */
  readonly applied: () => number;
  /** Where RESUME has to start: at most `applied()`. */
  readonly resumePoint: () => number;
  /**
   * A new link: its READY names the audiences; what an earlier link was about to settle is void. True for the very
   * first: then everything before `seq` counts as heard.
   */
  readonly begin: (audiences: readonly string[], seq: number) => boolean;
  /** A room was joined: true when it had been joined before, so that something of it may have been missed. */
  readonly join: (audience: string) => boolean;
  readonly leave: (audience: string) => void;
  /** False when it was heard before and must not be told again. */
  readonly hear: (notification: Notification) => boolean;
  /** The answer to RESUME covers the audiences that were there when RESUME was sent, up to `seq`. */
  readonly settle: (audiences: readonly string[], seq: number) => void;
  /** True when nothing is missing; false: send RESUME. */
  readonly head: (heads: Readonly<Record<string, number>>) => boolean;
  readonly audiences: () => readonly string[];
  /** The server's numbers have started anew at `seq`. */
  readonly restart: (seq: number) => void;
};

export function createLedger(): Ledger {
  let applied = 0;
  let begun = false;
  const active = new Map<string, Account>();
  const former = new Map<string, Account>();
  const delivered = new Map<string, number>();

  const admit = (audience: string, seq: number): boolean => {
    if (active.has(audience)) return false;
    const known = former.get(audience);
    former.delete(audience);
    active.set(audience, known ?? { settled: seq, seen: seq, checkpoint: null, missing: false });
    return known !== undefined;
  };

  return {
    applied: () => applied,
    resumePoint: () => [...active.values()].reduce((least, { settled }) => Math.min(least, settled), applied),
    begin(audiences, seq) {
      const first = !begun;
      begun = true;
      if (first) applied = Math.max(applied, seq);
      for (const [audience, account] of active) former.set(audience, { ...account, checkpoint: null });
      active.clear();
      for (const audience of audiences) admit(audience, applied);
      return first;
    },
    join: (audience) => admit(audience, applied),
    leave(audience) {
      active.delete(audience);
      former.delete(audience);
    },
    hear(notification) {
      const { seq } = notification;
      if (seq === undefined) return true;
      for (const audience of audiencesOf(notification)) {
        const account = active.get(audience);
        if (account !== undefined) account.seen = Math.max(account.seen, seq);
      }
      applied = Math.max(applied, seq);
      const key = staleKeyOf(notification);
      if ((delivered.get(key) ?? -1) >= seq) return false;
      delivered.delete(key);
      delivered.set(key, seq);
      const oldest = delivered.keys().next();
      if (delivered.size > MAX_DELIVERED_KEYS && oldest.done === false) delivered.delete(oldest.value);
      return true;
    },
    settle(audiences, seq) {
      applied = Math.max(applied, seq);
      for (const audience of audiences) {
        const account = active.get(audience);
        if (account === undefined) continue;
        account.settled = Math.max(account.settled, seq);
        account.seen = Math.max(account.seen, seq);
        account.missing = false;
      }
    },
    head(heads) {
      let complete = true;
      for (const [audience, head] of Object.entries(heads)) {
        const account = active.get(audience);
        if (account === undefined) continue;
        account.missing ||= head > account.seen;
        if (account.missing) {
          complete = false;
          continue;
        }
        account.settled = Math.max(account.settled, account.checkpoint ?? 0);
        account.checkpoint = applied;
      }
      return complete;
    },
    audiences: () => [...active.keys()],
    restart(seq) {
      applied = seq;
      delivered.clear();
      former.clear();
      for (const audience of active.keys())
        active.set(audience, { settled: seq, seen: seq, checkpoint: null, missing: false });
    },
  };
}
