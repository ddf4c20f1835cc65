import { CloseCode, type Principal } from "@espigon/event_contracts";
import type { Client } from "../websockets/client.ts";
import type { EndConnection } from "../websockets/connectionEnd.ts";
import type { TimerWheel } from "../websockets/timerWheel.ts";

export type TokenExpiryDeps = {
  readonly wheel: TimerWheel;
  readonly end: EndConnection;
  /** After the token's end, in milliseconds. */
  readonly graceMs: number;
  /** Every connection is looked at more often than this, in milliseconds. */
  readonly horizonMs: number;
  readonly now: () => number;
};

/**
 * Looks whether a connection's token ends within the horizon, and if so closes it with 4401 then, unless AUTH has
 * brought a new one. To be called when a token was shown and with every heartbeat: so no connection needs a timer that
 * is minutes away, and none is kept by one that outlives it.
 */
export function createTokenExpiry(deps: TokenExpiryDeps): (client: Client) => void {
  const { wheel, end, now } = deps;
  const endsAt = ({ principal }: Client) => principal.expires_at * 1000 + deps.graceMs;
  const expire = (client: Client) => {
    if (endsAt(client) <= now()) end(client, CloseCode.UNAUTHORIZED, "token expired");
  };
  return (client) => {
    if (endsAt(client) - now() <= deps.horizonMs) wheel.at(endsAt(client), expire, client);
  };
}

/** The principal of a token that has just been shown. If it ended a moment ago, by another clock, it ends now. */
export function principalShownAt(time: number, principal: Principal): Principal {
  const seconds = Math.ceil(time / 1000);
  return principal.expires_at >= seconds ? principal : { ...principal, expires_at: seconds };
}

/** Whether a new token may take the place of the old one: same user, same role, same shop. */
export function isSamePrincipal(one: Principal, other: Principal): boolean {
  return one.user_id === other.user_id && one.role === other.role && one.seller_id === other.seller_id;
}
