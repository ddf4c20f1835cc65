import type { User } from "./resources.ts";

/** `ended`: a session was there and the server has ended it (expired, revoked, logged out elsewhere). */
export type SessionState =
  | { readonly status: "loading"; readonly user: null }
  | { readonly status: "anonymous"; readonly user: null; readonly ended: boolean }
  | { readonly status: "signed_in"; readonly user: User };

export type Registration = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** Registers a seller with this shop. */
  readonly seller?: { readonly name: string };
};

/** The login of this browser. The access token lives in memory only, the refresh token in an HttpOnly cookie. */
export interface Session {
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the session up again from the cookie, where there was one. Call once, at start; repeats do nothing. */
  readonly resume: () => void;
  /** @throws ApiError, such as `INVALID_CREDENTIALS` and `RATE_LIMITED`. */
  readonly login: (email: string, password: string) => Promise<User>;
  /** Registers and logs in. @throws ApiError, such as `EMAIL_TAKEN` and `INVALID_INPUT`. */
  readonly register: (registration: Registration) => Promise<User>;
  /**
   * Changes the user's password: every session of theirs ends, and a new one begins here.
   * @throws ApiError, such as `INVALID_CREDENTIALS` (the present password is wrong) and `INVALID_INPUT`.
   */
  readonly changePassword: (present: string, next: string) => Promise<void>;
  /** Ends the session in all tabs; never rejects: here it ends even when the server cannot be told. */
  readonly logout: () => Promise<void>;
  /**
   * The access token, renewed first when `refresh` is asked for or it is about to end; null when nobody is logged in.
   * Concurrent callers share one renewal.
   * @throws ApiError when the server cannot be reached.
   */
  readonly getToken: (options?: { readonly refresh?: boolean }) => Promise<string | null>;
  /** Calls back with each new access token. */
  readonly onToken: (listener: (token: string) => void) => () => void;
}
