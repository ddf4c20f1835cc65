import { passwordFault } from "../domain/passwordFault.ts";
import type { AccountStore } from "./AccountStore.ts";
import type { AttemptLimiter } from "./attemptLimiter.ts";
import type { PasswordHasher } from "./PasswordHasher.ts";
import { openSession, type TokenDeps, type Tokens } from "./sessionTokens.ts";

type RegisterCommand = {
  /** In lower case. */
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** Present: a SELLER with this shop; absent: a CLIENT. Nobody registers as ADMIN. */
  readonly seller?: { readonly name: string } | undefined;
  /** Of whom the limit counts: see `Login`. */
  readonly address: string;
};

type RegisterResult =
  | { readonly kind: "registered"; readonly tokens: Tokens }
  | { readonly kind: "weak_password"; readonly fault: string }
  | { readonly kind: "email_taken" }
  | { readonly kind: "limited"; readonly retry_after_s: number }
  | { readonly kind: "busy" };

export type Register = (command: RegisterCommand) => Promise<RegisterResult>;

export type RegisterDeps = TokenDeps & {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  /** Accounts opened, and found to exist already, by address. */
  readonly perAddress: AttemptLimiter;
  readonly committed: () => void;
};

/** Opens an account and logs it in. Each attempt that costs a hash counts against the limit, before it is made. */
export function createRegister(deps: RegisterDeps): Register {
  return async ({ email, password, name, seller, address }) => {
    const fault = passwordFault(password, email);
    if (fault !== undefined) return { kind: "weak_password", fault };
    const retryAfter = await deps.perAddress.take(address);
    if (retryAfter > 0) return { kind: "limited", retry_after_s: retryAfter };
    const passwordHash = await deps.passwords.hash(password);
    if (passwordHash === undefined) {
      deps.perAddress.giveBack(address);
      return { kind: "busy" };
    }
    const user = await deps.accounts.register({ email, password_hash: passwordHash, name, shop: seller?.name });
    if (user === undefined) return { kind: "email_taken" };
    deps.committed();
    const tokens = await openSession(deps, { user, password_hash: passwordHash });
    // An administrator was faster than the session: by now it is an account like any other.
    return tokens === undefined ? { kind: "email_taken" } : { kind: "registered", tokens };
  };
}
