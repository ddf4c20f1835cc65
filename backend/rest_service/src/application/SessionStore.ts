import type { User } from "../domain/User.ts";
import type { Proof } from "./AccountStore.ts";

/** SHA-256 of a refresh token: all that is kept of it. */
export type TokenHash = Uint8Array;

type Rotation =
  | { readonly kind: "rotated"; readonly session_id: string; readonly user: User; readonly expires_at: Date }
  /** An old token came back after its grace: its whole session has been revoked. */
  | { readonly kind: "reused"; readonly session_id: string }
  /** Unknown, revoked, over, or of a disabled user. */
  | { readonly kind: "refused" };

/** Login sessions and the refresh tokens of each, one family. */
export type SessionStore = {
  /**
   * False, with nothing opened, when the proof does not hold any more: since then the account was disabled, or has
   * another password or role. A change of these that is under way is waited for; one that comes later ends this session.
   */
  open(session: { id: string; proof: Proof; expires_at: Date; token: TokenHash }): Promise<boolean>;
  /**
   * Takes a token in payment for its successor. Taken again within `grace_s` it buys another successor of the same
   * family (two tabs refreshing at once); after that it means theft.
   */
  rotate(exchange: { presented: TokenHash; successor: TokenHash; grace_s: number }): Promise<Rotation>;
  /** Ends the session of a token, used or not, with its event; answers its id if it was open. */
  revokeByToken(token: TokenHash): Promise<string | undefined>;
};
