import { audiencesOf, type Notification } from "@espigon/event_contracts";
import { createDelivered } from "./delivered.ts";

type Account = {
  /** Nothing of this audience is missing at or below it. */
  complete: number;
  /** The highest seq heard for this audience. */
  seen: number;
  /** Something may have been missed after `complete`, and no answer has told yet. Hearing later seqs does not mend it. */
  inDoubt: boolean;
};

/**
 * What a client has heard, per audience, and from where it has to resume. Pure bookkeeping: no clock, no socket.
 * It relies on one promise of the server: to one socket, seqs never go down.
 */
export type Ledger = {
  /** The highest seq ever heard. Never goes back, except by `restart`. */
  readonly applied: () => number;
  /** Where RESUME has to start: `applied`, one less while it may not be whole, or less while something is in doubt. */
  readonly resumePoint: () => number;
  /**
   * A new link: its READY names the audiences; those of an earlier link are in doubt until RESUME is answered. True for the very
   * first: then everything before `seq` counts as heard.
   */
  readonly begin: (audiences: readonly string[], seq: number) => boolean;
  /** A room was joined: true when it had been joined before, so that something of it may have been missed. */
  readonly join: (audience: string) => boolean;
  readonly leave: (audience: string) => void;
  /** False when it was heard before and must not be told again. */
  readonly hear: (notification: Notification) => boolean;
  /** The answer to RESUME clears the audiences that were there when RESUME was sent, up to `seq`. */
  readonly settle: (audiences: readonly string[], seq: number) => void;
  /** The last seq of some audiences. True when nothing is in doubt; false: send RESUME. */
  readonly head: (heads: Readonly<Record<string, number>>) => boolean;
  readonly audiences: () => readonly string[];
  /** The server's numbers have started anew at `seq`. */
  readonly restart: (seq: number) => void;
};

/** `heardUpTo`: what somebody else has heard whole, whom this one follows. */
export function createLedger(heardUpTo?: number): Ledger {
  let applied = heardUpTo ?? 0;
  /** The last seq that raised `applied` by a hint: others of the same seq may still be on their way. */
  let hinted: number | undefined;
  let begun = heardUpTo !== undefined;
  const active = new Map<string, Account>();
  /** Audiences of the last link that the present one does not have (yet): rooms that are being joined again. */
  const former = new Map<string, Account>();
  const delivered = createDelivered();

  /** Nothing more of this seq or a lower one can come over an unbroken link, since its seqs never go down. */
  const whole = () => (applied === hinted ? applied - 1 : applied);
  const hint = (seq: number): void => {
    if (seq > applied) hinted = seq;
    applied = Math.max(applied, seq);
  };
  const answer = (seq: number): void => {
    if (seq >= applied) hinted = undefined;
    applied = Math.max(applied, seq);
  };

  const admit = (audience: string): boolean => {
    if (active.has(audience)) return false;
    const known = former.get(audience);
    former.delete(audience);
    active.set(audience, known ?? { complete: whole(), seen: applied, inDoubt: false });
    return known !== undefined;
  };

  return {
    applied: () => applied,
    resumePoint: () => [...active.values()].reduce((least, { complete }) => Math.min(least, complete), applied),
    begin(audiences, seq) {
      const first = !begun;
      begun = true;
      if (first) answer(seq);
      for (const [audience, account] of active) former.set(audience, { ...account, inDoubt: true });
      active.clear();
      for (const audience of audiences) admit(audience);
      return first;
    },
    join: admit,
    leave(audience) {
      active.delete(audience);
      former.delete(audience);
    },
    hear(notification) {
      const { seq } = notification;
      if (seq === undefined) return true;
      hint(seq);
      for (const audience of audiencesOf(notification)) {
        const account = active.get(audience);
        if (account !== undefined) account.seen = Math.max(account.seen, seq);
      }
      for (const account of active.values()) if (!account.inDoubt) account.complete = whole();
      return delivered.isNew(notification);
    },
    settle(audiences, seq) {
      answer(seq);
      for (const audience of audiences) {
        const account = active.get(audience);
        if (account === undefined) continue;
        account.complete = whole();
        account.inDoubt = false;
      }
    },
    head(heads) {
      for (const [audience, head] of Object.entries(heads)) {
        const account = active.get(audience);
        if (account !== undefined && head > Math.max(account.seen, account.complete)) account.inDoubt = true;
      }
      return [...active.values()].every(({ inDoubt }) => !inDoubt);
    },
    audiences: () => [...active.keys()],
    restart(seq) {
      applied = seq;
      hinted = undefined;
      delivered.clear();
      former.clear();
      for (const audience of active.keys()) active.set(audience, { complete: seq, seen: seq, inDoubt: false });
    },
  };
}
