import type { Principal } from "@espigon/event_contracts";
import type { Logger } from "@espigon/service_kit";
import type { Admission } from "../admission/admission.ts";
import type { RealtimeMetrics } from "../monitoring/metrics.ts";
import { type Client, type ClientSocket, createClient } from "./client.ts";
import type { Hub } from "./hub.ts";
import type { Rooms } from "./rooms.ts";

export type Connections = {
  /** A socket or a stream has opened, for whom a place was taken. */
  opened(socket: ClientSocket, principal: Principal, address: string): Client;
  /** It has ended, for whatever reason. To be called once. */
  closed(client: Client, code: number, reason: string): void;
};

export type ConnectionsDeps = {
  readonly hub: Hub;
  readonly rooms: Rooms;
  readonly admission: Pick<Admission, "release">;
  /** Called when a connection has opened and was greeted. */
  readonly onOpen: (client: Client) => void;
  readonly metrics: Pick<RealtimeMetrics, "disconnected">;
  readonly logger: Logger;
};

/** The life of a connection, of whatever transport. */
export function createConnections(deps: ConnectionsDeps): Connections {
  const { hub, logger } = deps;
  let count = 0;
  return {
    opened(socket, principal, address) {
      count += 1;
      const client = createClient(count, socket, principal, address);
      hub.add(client);
      deps.onOpen(client);
      const { user_id, role, seller_id } = principal;
      logger.info({ connection: client.id, user_id, role, seller_id, address }, "client connected");
      return client;
    },
    closed(client, code, reason) {
      const { user_id, role } = client.principal;
      deps.admission.release(user_id, client.address);
      client.state = "closed";
      deps.rooms.leaveAll(client);
      hub.remove(client);
      deps.metrics.disconnected(role, code, reason);
      logger.info({ connection: client.id, user_id, code }, "client disconnected");
    },
  };
}
