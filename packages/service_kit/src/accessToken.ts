import { type Principal, Role } from "@espigon/event_contracts";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const ISSUER = "espigon";
const AUDIENCE = "espigon";

/** Clocks of two machines may differ by this much, in seconds. */
const CLOCK_SKEW_S = 30;

/** An issue that is further ahead than any clock, in seconds, is not believed. */
const CLOCK_AHEAD_S = 5 * 60;

/** A token that does not say when it was issued has no more than this left, in seconds: revocations are kept as long. */
export const UNDATED_TOKEN_LIFE_S = 24 * 60 * 60;
/** What whoever shows one with more is told. */
export const UNDATED_TOKEN = "An access token that does not say when it was issued (iat) may live for 24 hours";

export type TokenRefusal =
  | { readonly kind: "expired" }
  | { readonly kind: "invalid" }
  /** It does not say when it was issued, and has more than `UNDATED_TOKEN_LIFE_S` left. */
  | { readonly kind: "undated" }
  /** It was good, until its session was ended. */
  | { readonly kind: "revoked" };
export type TokenVerdict = { readonly kind: "valid"; readonly principal: Principal } | TokenRefusal;
export type VerifyAccessToken = (token: string) => Promise<TokenVerdict>;

const Claims = z
  .object({
    sub: z.coerce.string().min(1).max(64).optional(),
    user_id: z.coerce.string().min(1).max(64).optional(),
    role: Role,
    seller_id: z.coerce.string().min(1).max(64).optional(),
    sid: z.string().max(64).optional(),
    iat: z.number().optional(),
    exp: z.int(),
  })
  .refine((claims) => claims.role !== "SELLER" || claims.seller_id !== undefined);

/**
 * Verifies access tokens (HS256 only; signature, expiry, issuer and audience). With `compat`, tokens of other issuers
 * of the same secret pass too: `user_id` for `sub`, no `iss` and `aud`. An `iat` that is far ahead counts as none.
 * Never throws for a bad token.
 */
export function createTokenVerifier(options: { secret: string; compat: boolean; now?: () => Date }): VerifyAccessToken {
  const key = new TextEncoder().encode(options.secret);
  const now = options.now ?? (() => new Date());
  const names = options.compat ? {} : { issuer: ISSUER, audience: AUDIENCE };
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        ...names,
        algorithms: ["HS256"],
        clockTolerance: CLOCK_SKEW_S,
        requiredClaims: ["exp", "role"],
        currentDate: now(),
      });
      const foreign = (payload.iss ?? ISSUER) !== ISSUER || ![payload.aud ?? AUDIENCE].flat().includes(AUDIENCE);
      if (foreign || (protectedHeader.typ ?? "JWT") === ROOM_TOKEN_TYPE) return { kind: "invalid" };
      const claims = Claims.safeParse(payload);
      const userId = claims.data?.sub ?? (options.compat ? claims.data?.user_id : undefined);
      if (!claims.success || userId === undefined) return { kind: "invalid" };
      const { role, seller_id, sid, iat, exp } = claims.data;
      const nowS = now().getTime() / 1000;
      const dated = iat !== undefined && iat <= nowS + CLOCK_AHEAD_S;
      if (!dated && exp > nowS + UNDATED_TOKEN_LIFE_S + CLOCK_SKEW_S) return { kind: "undated" };
      return {
        kind: "valid",
        principal: {
          user_id: userId,
          role,
          ...(role === "SELLER" && seller_id !== undefined ? { seller_id } : {}),
          ...(sid === undefined ? {} : { session_id: sid }),
          ...(dated ? { issued_at: Math.floor(iat) } : {}),
          expires_at: exp,
        },
      };
    } catch (error) {
      return { kind: error instanceof errors.JWTExpired ? "expired" : "invalid" };
    }
  };
}

/** Signs the access token of a login session; issued now, unless the principal says otherwise. */
export function signAccessToken(secret: string, principal: Principal): Promise<string> {
  return new SignJWT({
    role: principal.role,
    ...(principal.seller_id === undefined ? {} : { seller_id: principal.seller_id }),
    ...(principal.session_id === undefined ? {} : { sid: principal.session_id }),
  })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setSubject(principal.user_id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(principal.issued_at)
    .setExpirationTime(principal.expires_at)
    .sign(new TextEncoder().encode(secret));
}

const ROOM_TOKEN_TYPE = "room+jwt";
const ROOM_AUDIENCE = "espigon-room";

/** Somebody's wish to be in a room. */
export type RoomWish = { readonly room: string } & Pick<Principal, "user_id" | "role">;

/**
 * Signs the right of one user, in one role, to join one room: who was an administrator does not keep the rooms of
 * others. It cannot stand in for an access token, nor the other way round.
 */
export function signRoomToken(secret: string, grant: RoomWish & { readonly expires_at: number }): Promise<string> {
  return new SignJWT({ room: grant.room, as: grant.role })
    .setProtectedHeader({ alg: "HS256", typ: ROOM_TOKEN_TYPE })
    .setSubject(grant.user_id)
    .setIssuer(ISSUER)
    .setAudience(ROOM_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(grant.expires_at)
    .sign(new TextEncoder().encode(secret));
}

/** Whether a token lets this user, in this role, join this room now. */
export async function verifyRoomToken(secret: string, token: string, wanted: RoomWish): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: ROOM_AUDIENCE,
      typ: ROOM_TOKEN_TYPE,
      clockTolerance: CLOCK_SKEW_S,
      requiredClaims: ["exp"],
    });
    return payload["room"] === wanted.room && payload.sub === wanted.user_id && payload["as"] === wanted.role;
  } catch {
    return false;
  }
}
