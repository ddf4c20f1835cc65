import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Principal } from "@espigon/event_contracts";
import type { User } from "../domain/User.ts";
import type { Proof } from "./AccountStore.ts";
import type { SessionStore, TokenHash } from "./SessionStore.ts";

/** Life of an access token, in seconds. */
const ACCESS_TOKEN_LIFE_S = 15 * 60;

/** Life of a login, however often it is refreshed, in seconds. */
const SESSION_LIFE_S = 30 * 24 * 60 * 60;

/** How long a used refresh token still buys a successor, in seconds. */
export const REFRESH_GRACE_S = 10;

/** What a login and a refresh give: `refresh_token` goes into the cookie and nowhere else. */
export type Tokens = {
  readonly access_token: string;
  /** Seconds that the access token lives. */
  readonly expires_in: number;
  readonly user: User;
  readonly refresh_token: string;
  /** Seconds that the session still lives. */
  readonly refresh_expires_in: number;
};

type SignToken = (principal: Principal) => Promise<string>;

export type TokenDeps = { readonly sessions: SessionStore; readonly signToken: SignToken; readonly now: () => Date };

/** 256 random bits, unguessable and without meaning. */
export function newRefreshToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashRefreshToken(token: string): TokenHash {
  return createHash("sha256").update(token).digest();
}

/** Opens a new session for a user who has just proved who they are; `undefined` when the proof holds no more. */
export async function openSession(deps: TokenDeps, proof: Proof): Promise<Tokens | undefined> {
  const id = randomUUID();
  const refreshToken = newRefreshToken();
  const expiresAt = new Date(deps.now().getTime() + SESSION_LIFE_S * 1000);
  const token = hashRefreshToken(refreshToken);
  if (!(await deps.sessions.open({ id, proof, expires_at: expiresAt, token }))) return undefined;
  return tokensOf(deps, { session_id: id, user: proof.user, expires_at: expiresAt }, refreshToken);
}

/** The tokens of an open session. An access token never outlives its session. */
export async function tokensOf(
  deps: TokenDeps,
  session: { session_id: string; user: User; expires_at: Date },
  refreshToken: string,
): Promise<Tokens> {
  const { session_id, user, expires_at } = session;
  const left = Math.floor((expires_at.getTime() - deps.now().getTime()) / 1000);
  const expiresIn = Math.min(ACCESS_TOKEN_LIFE_S, left);
  const accessToken = await deps.signToken({
    user_id: user.id,
    role: user.role,
    ...(user.seller_id === null ? {} : { seller_id: user.seller_id }),
    session_id,
    expires_at: Math.floor(deps.now().getTime() / 1000) + expiresIn,
  });
  return {
    access_token: accessToken,
    expires_in: expiresIn,
    user,
    refresh_token: refreshToken,
    refresh_expires_in: left,
  };
}
