import type { PrincipalCheck } from "./principalCheck.ts";
import type { SessionStore } from "./SessionStore.ts";
import { hashRefreshToken } from "./sessionTokens.ts";

/** Ends the session of a refresh token; nothing happens when it has ended already. */
export type Logout = (token: string) => Promise<void>;

export type LogoutDeps = {
  readonly sessions: Pick<SessionStore, "revokeByToken">;
  readonly principals: Pick<PrincipalCheck, "forget">;
  readonly committed: () => void;
};

export function createLogout({ sessions, principals, committed }: LogoutDeps): Logout {
  return async (token) => {
    const ended = await sessions.revokeByToken(hashRefreshToken(token));
    if (ended === undefined) return;
    principals.forget(ended);
    committed();
  };
}
