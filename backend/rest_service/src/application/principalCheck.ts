import type { Principal } from "@espigon/event_contracts";
import type { AccountStore } from "./AccountStore.ts";

/** How long a good answer is believed, in milliseconds: a revoked session may still read for so long. */
const BELIEVED_MS = 5_000;
const MAX_KEPT = 10_000;

export type PrincipalCheck = {
  /** Whether the session of a verified token still stands. Tokens of other issuers have no session: always true. */
  isCurrent(principal: Principal): Promise<boolean>;
  /** Makes the next check of a session ask again. */
  forget(sessionId: string): void;
};

/** Asks the accounts at most every five seconds per session and claim; memory is bounded. */
export function createPrincipalCheck(deps: {
  accounts: Pick<AccountStore, "isCurrent">;
  now: () => Date;
}): PrincipalCheck {
  const believedUntil = new Map<string, { claim: string; until: number }>();
  /** How often somebody has ended a session: what was asked before may be over when the answer comes. */
  let forgotten = 0;
  return {
    async isCurrent({ session_id, user_id, role, seller_id }) {
      if (session_id === undefined) return true;
      const claim = `${user_id} ${role} ${seller_id ?? ""}`;
      const at = deps.now().getTime();
      const kept = believedUntil.get(session_id);
      if (kept !== undefined && kept.claim === claim && at < kept.until) return true;
      believedUntil.delete(session_id);
      const before = forgotten;
      if (!(await deps.accounts.isCurrent({ session_id, user_id, role, seller_id }))) return false;
      if (forgotten !== before) return true;
      believedUntil.set(session_id, { claim, until: at + BELIEVED_MS });
      if (believedUntil.size > MAX_KEPT) believedUntil.delete(believedUntil.keys().next().value ?? session_id);
      return true;
    },
    forget(sessionId) {
      forgotten += 1;
      believedUntil.delete(sessionId);
    },
  };
}
