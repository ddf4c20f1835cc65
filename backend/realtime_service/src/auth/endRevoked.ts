import { CloseCode } from "@espigon/event_contracts";
import type { Revocations } from "@espigon/service_kit";
import type { Client } from "../websockets/client.ts";
import type { EndConnection } from "../websockets/connectionEnd.ts";
import type { TimerWheel } from "../websockets/timerWheel.ts";

/** Over this time the holders of doubtful tokens are sent for newer ones, in milliseconds. */
const SPREAD_MS = 5_000;

/**
 * Ends a connection whose token does not count any more: at once with 4403 when it was revoked; with 4401, at a random
 * moment of the next 5 s, when that cannot be known here, so that its client comes back with a newer token.
 */
export function createEndRevoked(deps: {
  readonly revocations: Pick<Revocations, "verdictOn">;
  readonly end: EndConnection;
  readonly wheel: Pick<TimerWheel, "at">;
  readonly now: () => number;
}): (client: Client) => void {
  const { revocations, end, wheel, now } = deps;
  const endDoubtful = (client: Client) => {
    if (revocations.verdictOn(client.principal) !== "good") {
      end(client, CloseCode.UNAUTHORIZED, "a newer token is needed");
    }
  };
  return (client) => {
    switch (revocations.verdictOn(client.principal)) {
      case "good":
        return;
      case "revoked":
        return end(client, CloseCode.FORBIDDEN, "access revoked");
      case "doubtful":
        wheel.at(now() + Math.random() * SPREAD_MS, endDoubtful, client);
    }
  };
}
