import type { Principal } from "@espigon/event_contracts";
import { passwordFault } from "../domain/passwordFault.ts";
import type { AccountStore } from "./AccountStore.ts";
import type { AttemptLimiter } from "./attemptLimiter.ts";
import type { PasswordHasher } from "./PasswordHasher.ts";
import { openSession, type TokenDeps, type Tokens } from "./sessionTokens.ts";

type ChangePasswordCommand = { readonly current: string; readonly next: string };

type ChangePasswordResult =
  | { readonly kind: "changed"; readonly tokens: Tokens }
  | { readonly kind: "wrong_password" }
  | { readonly kind: "weak_password"; readonly fault: string }
  | { readonly kind: "limited"; readonly retry_after_s: number }
  | { readonly kind: "busy" };

export type ChangePassword = (principal: Principal, command: ChangePasswordCommand) => Promise<ChangePasswordResult>;

export type ChangePasswordDeps = TokenDeps & {
  readonly accounts: Pick<AccountStore, "credentialsById" | "changePassword">;
  readonly passwords: PasswordHasher;
  /** Attempts by user, but for those that changed the password, or found no turn to be tried. */
  readonly perUser: AttemptLimiter;
  readonly committed: () => void;
};

/** Sets a new password, ends every session of the user, and opens a new one for who has just proved the old password. */
export function createChangePassword(deps: ChangePasswordDeps): ChangePassword {
  const { accounts, passwords, perUser } = deps;
  return async ({ user_id }, { current, next }) => {
    const retryAfter = await perUser.take(user_id);
    if (retryAfter > 0) return { kind: "limited", retry_after_s: retryAfter };
    const known = await accounts.credentialsById(user_id);
    const right = await passwords.verify(current, known?.password_hash);
    if (right === false || (right && known === undefined)) return { kind: "wrong_password" };
    if (right === undefined || known === undefined) {
      perUser.giveBack(user_id);
      return { kind: "busy" };
    }
    const fault = passwordFault(next, known.email);
    if (fault !== undefined) return { kind: "weak_password", fault };
    const hash = await passwords.hash(next);
    if (hash === undefined) return { kind: "busy" };
    if (!(await accounts.changePassword(known, hash))) return { kind: "wrong_password" };
    perUser.giveBack(user_id);
    deps.committed();
    const tokens = await openSession(deps, { user: known.user, password_hash: hash });
    return tokens === undefined ? { kind: "wrong_password" } : { kind: "changed", tokens };
  };
}
