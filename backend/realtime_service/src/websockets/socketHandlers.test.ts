import { expect, test } from "bun:test";
import type { ServerWebSocket } from "bun";
import { createLogger } from "@espigon/service_kit";
import { fakeClient } from "../testing/fakeClient.ts";
import type { SocketData } from "./socketData.ts";
import { createSocketHandlers } from "./socketHandlers.ts";

test("a reader that has taken what waited for it counts as slow no more", () => {
  const client = fakeClient();
  client.stuckSince = 1;
  const handlers = createSocketHandlers({
    connections: { opened: () => client, closed: () => {} },
    end: () => {},
    onFrame: () => {},
    inbound: { perSecond: 1, burst: 1 },
    admission: { release: () => {} },
    logger: createLogger("test", "silent"),
    now: () => 1,
  });
  void handlers.drain?.({ data: client } as unknown as ServerWebSocket<SocketData>);
  expect(client.stuckSince).toBeUndefined();
});
