import type { Role } from "@espigon/event_contracts";
import { signAccessToken } from "@espigon/service_kit";

export const JWT_SECRET = "a secret for benchmarks only, of more than 32 bytes";

/** An access token for an hour, without a session. */
export function tokenFor(role: Role, user_id: string, seller_id?: string): Promise<string> {
  return signAccessToken(JWT_SECRET, {
    user_id,
    role,
    ...(seller_id === undefined ? {} : { seller_id }),
    expires_at: Math.floor(Date.now() / 1000) + 3600,
  });
}
