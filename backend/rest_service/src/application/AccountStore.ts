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

type Credentials = { readonly user: User; readonly password_hash: string };

export type AccountStore = {
  /** Account, shop and event in one transaction; `undefined` when the e-mail has an account. */
  register(registration: Registration): Promise<User | undefined>;
  /** The enabled account of an e-mail in lower case. */
  credentialsOf(email: string): Promise<Credentials | undefined>;
  /** Whether a session is neither revoked nor over, and its user enabled and still of this role and shop. */
  isCurrent(claim: {
    session_id: string;
    user_id: string;
    role: Role;
    seller_id: string | undefined;
  }): Promise<boolean>;
};
