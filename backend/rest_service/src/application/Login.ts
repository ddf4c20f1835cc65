import type { AccountStore } from "./AccountStore.ts";
import type { AttemptLimiter } from "./attemptLimiter.ts";
import type { PasswordHasher } from "./PasswordHasher.ts";
import { openSession, type TokenDeps, type Tokens } from "./sessionTokens.ts";

type LoginCommand = {
  /** In lower case. */
  readonly email: string;
  readonly password: string;
  /** Of whom limits count; never what a header of the client says. */
  readonly address: string;
};

type LoginResult =
  | { readonly kind: "logged_in"; readonly tokens: Tokens }
  /** Unknown e-mail, wrong password, disabled account, or any of these by now: nobody learns which. */
  | { readonly kind: "refused" }
  | { readonly kind: "limited"; readonly retry_after_s: number }
  | { readonly kind: "busy" };

export type Login = (command: LoginCommand) => Promise<LoginResult>;

export type LoginDeps = TokenDeps & {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  /** By e-mail and address, so that nobody is locked out by failures from elsewhere. */
  readonly perAccount: AttemptLimiter;
  /** By e-mail alone, much wider: against guessing from many addresses. */
  readonly perEmail: AttemptLimiter;
  readonly perAddress: AttemptLimiter;
  /** By address, good ones too: each costs a hash, of which all together have few at a time. */
  readonly hashes: AttemptLimiter;
};

/** Proves a password. Of most limits only failures count, but each is counted before it is tried. */
export function createLogin(deps: LoginDeps): Login {
  const { accounts, passwords, perAccount, perEmail, perAddress, hashes } = deps;
  const limitsOf = (email: string, address: string) =>
    [
      [perAddress, address],
      [perAccount, `${email} ${address}`],
      [perEmail, email],
    ] as const;
  return async ({ email, password, address }) => {
    for (const [limiter, key] of [[hashes, address] as const, ...limitsOf(email, address)]) {
      const retryAfter = await limiter.take(key);
      if (retryAfter > 0) return { kind: "limited", retry_after_s: retryAfter };
    }
    const credentials = await accounts.credentialsOf(email);
    const right = await passwords.verify(password, credentials?.password_hash);
    if (right === false || (right && credentials === undefined)) return { kind: "refused" };
    for (const [limiter, key] of limitsOf(email, address)) limiter.giveBack(key);
    if (right === undefined || credentials === undefined) {
      hashes.giveBack(address);
      return { kind: "busy" };
    }
    const tokens = await openSession(deps, credentials);
    return tokens === undefined ? { kind: "refused" } : { kind: "logged_in", tokens };
  };
}
