import type { Role } from "@espigon/event_contracts";
import type { User } from "../domain/User.ts";

type Registration = {
  /** In lower case. */
  readonly email: string;
  readonly password_hash: string;
  readonly name: string;
  /** Present for a SELLER: the shop that opens with the account. */
  readonly shop: string | undefined;
};

/** Somebody has shown that they know the password of this hash. */
export type Proof = { readonly user: User; readonly password_hash: string };

export type Credentials = Proof & { readonly email: string };

export type AccountStore = {
  /** Account, shop and event in one transaction; `undefined` when the e-mail has an account. */
  register(registration: Registration): Promise<User | undefined>;
  /** The enabled account of an e-mail in lower case. */
  credentialsOf(email: string): Promise<Credentials | undefined>;
  /** The enabled account of a user. */
  credentialsById(userId: string): Promise<Credentials | undefined>;
  /**
   * Sets the password and ends all sessions of the user, with their event, in one transaction; false when the proof
   * does not hold any more.
   */
  changePassword(proof: Proof, passwordHash: string): Promise<boolean>;
  /** Whether a session is neither revoked nor over, and its user enabled and still of this role and shop. */
  isCurrent(claim: {
    session_id: string;
    user_id: string;
    role: Role;
    seller_id: string | undefined;
  }): Promise<boolean>;
};
