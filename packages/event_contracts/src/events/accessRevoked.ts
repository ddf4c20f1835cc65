import { z } from "zod";
import { eventHead, Id } from "./eventHead.ts";

/** Why login sessions ended before their time. */
export const RevocationReason = z.enum([
  "logout",
  "token_reused",
  "password_changed",
  "account_disabled",
  "role_changed",
  "disconnected",
]);
export type RevocationReason = z.infer<typeof RevocationReason>;

/** Which access tokens of a user are worth nothing from now on, though they have not expired. */
export const Revocation = z.object({
  reason: RevocationReason,
  session_ids: z.array(z.string().max(64)).max(100).describe("The login sessions that ended."),
  whole_account: z
    .boolean()
    .describe("All of them did, so that tokens without a session (of other issuers) are meant as well."),
});
export type Revocation = z.infer<typeof Revocation>;

/** Told to nobody's screen: services act on it. */
export const AccessRevoked = z.object({
  ...eventHead,
  metadata: z.looseObject({}),
  type: z.literal("ACCESS_REVOKED"),
  payload: z.object({ user_id: Id, ...Revocation.shape }),
});
export type AccessRevoked = z.infer<typeof AccessRevoked>;
