import { z } from "zod";
import { Role } from "./role.ts";

/** Who makes a request or holds a socket: the verified claims of an access token, and nothing else. */
export const Principal = z.object({
  user_id: z.string().min(1).max(64),
  role: Role,
  /** The shop; present exactly for role SELLER. */
  seller_id: z.string().min(1).max(64).optional(),
  /** The login session; absent in tokens of other issuers. */
  session_id: z.string().max(64).optional(),
  /** When the token was issued, in seconds since 1970; absent where another issuer does not tell. */
  issued_at: z.int().optional(),
  /** When the token ends, in seconds since 1970. */
  expires_at: z.int(),
});
export type Principal = z.infer<typeof Principal>;
