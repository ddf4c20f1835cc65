import { CloseCode, type Principal } from "@espigon/event_contracts";
import type { Client } from "../websockets/client.ts";
import type { EndConnection } from "../websockets/connectionEnd.ts";
import { cancelTask, type TimerWheel } from "../websockets/timerWheel.ts";

export type TokenExpiryDeps = {
  readonly wheel: TimerWheel;
  readonly end: EndConnection;
  /** After the token's end, in milliseconds. A token that has just ended counts from when it was shown. */
  readonly graceMs: number;
  readonly now: () => number;
};

/** Ends a connection with 4401 when its token has ended; to be called again when AUTH has brought a new one. */
export function createTokenExpiry({ wheel, end, graceMs, now }: TokenExpiryDeps): (client: Client) => void {
  const expire = (client: Client) => end(client, CloseCode.UNAUTHORIZED, "token expired");
  return (client) => {
    cancelTask(client.expiry);
    const endsAt = Math.max(client.principal.expires_at * 1000, now()) + graceMs;
    client.expiry = wheel.at(endsAt, expire, client);
  };
}

/** Whether a new token may take the place of the old one: same user, same role, same shop. */
export function isSamePrincipal(one: Principal, other: Principal): boolean {
  return one.user_id === other.user_id && one.role === other.role && one.seller_id === other.seller_id;
}
