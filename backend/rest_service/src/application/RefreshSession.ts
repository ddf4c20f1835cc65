import {
  hashRefreshToken,
  newRefreshToken,
  REFRESH_GRACE_S,
  type TokenDeps,
  type Tokens,
  tokensOf,
} from "./sessionTokens.ts";

type RefreshResult =
  | { readonly kind: "refreshed"; readonly tokens: Tokens }
  /** `session_id` is present when an old token came back and its session has therefore been revoked. */
  | { readonly kind: "refused"; readonly session_id?: string };

export type RefreshSession = (token: string) => Promise<RefreshResult>;

/** Exchanges a refresh token for its successor and a new access token. */
export function createRefreshSession(deps: TokenDeps & { readonly committed: () => void }): RefreshSession {
  return async (token) => {
    const successor = newRefreshToken();
    const rotation = await deps.sessions.rotate({
      presented: hashRefreshToken(token),
      successor: hashRefreshToken(successor),
      grace_s: REFRESH_GRACE_S,
    });
    switch (rotation.kind) {
      case "rotated":
        return { kind: "refreshed", tokens: await tokensOf(deps, rotation, successor) };
      case "reused":
        deps.committed();
        return { kind: "refused", session_id: rotation.session_id };
      case "refused":
        return { kind: "refused" };
    }
  };
}
