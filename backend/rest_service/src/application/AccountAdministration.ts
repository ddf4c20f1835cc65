import type { Actor, Role } from "@espigon/event_contracts";
import type { UserRecord } from "../domain/User.ts";

type UserQuery = {
  /** Part of the name or the e-mail address. */
  readonly search: string | undefined;
  readonly role: Role | undefined;
  /** Only users with a lower id. */
  readonly before: string | undefined;
  readonly limit: number;
};

/** Absent fields stay. */
export type UserChanges = {
  readonly disabled?: boolean | undefined;
  readonly role?: "ADMIN" | "CLIENT" | undefined;
};

export type UserChangeResult =
  | { readonly kind: "changed"; readonly user: UserRecord }
  | { readonly kind: "unknown_user" }
  /** A SELLER stays one for as long as there is a shop. */
  | { readonly kind: "has_shop" };

/** What administrators do with accounts. Each method is one transaction; what ends access has its event in it. */
export type AccountAdministration = {
  /** Newest first. */
  list(query: UserQuery): Promise<readonly UserRecord[]>;
  /** Disabling and a new role end all sessions of the user. */
  change(userId: string, changes: UserChanges, actor: Actor): Promise<UserChangeResult>;
  /** Ends one open session of a user, or all; answers whether there is such a user. */
  disconnect(userId: string, sessionId: string | undefined, actor: Actor): Promise<boolean>;
};
