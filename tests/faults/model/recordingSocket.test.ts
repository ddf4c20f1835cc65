import { afterEach, expect, test } from "bun:test";
import type { ServerWebSocket } from "bun";
import { until } from "../support/until.ts";
import { createWireRecord, recordingSocket } from "./recordingSocket.ts";

let server: ReturnType<typeof Bun.serve> | undefined;
afterEach(() => server?.stop(true));

/** What the record of seller 1 says after a server said this. */
async function recordOf(...frames: readonly (object | string)[]) {
  const say = (socket: ServerWebSocket) => {
    for (const frame of frames) socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  };
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, self) => (self.upgrade(request) ? undefined : new Response(null, { status: 400 })),
    websocket: { open: say, message: () => {} },
  });
  const record = createWireRecord();
  const Socket = recordingSocket({ user_id: "7", role: "SELLER", seller_id: "1", expires_at: 0 }, record);
  const socket = new Socket(`ws://127.0.0.1:${server.port}/`, []);
  await until("all frames are heard", () => record.frames === frames.length);
  socket.close();
  return record;
}

const hint = (seller_id: string) => ({ type: "SELLER_STATS_UPDATED", seller_id, metadata: {}, seq: 4 });

test("what is one's own is no leak", async () => {
  const record = await recordOf(hint("1"), { type: "HEAD", audiences: { "seller:1": 4, "user:7": 0 } });
  expect(record).toMatchObject({ notifications: 1, leaks: [], damaged: [] });
});

test("a hint to another, alone or inside a DIRTY, is a leak; so is a foreign audience in HEAD and READY", async () => {
  const record = await recordOf(
    hint("2"),
    { type: "DIRTY", since: 1, seq: 4, events: [hint("1"), hint("2")] },
    { type: "HEAD", audiences: { "seller:1": 4, admin: 4 } },
    { type: "READY", seq: 4, audiences: ["seller:1", "seller:2"], heartbeat_ms: 2_000 },
  );
  expect(record.leaks).toHaveLength(4);
});

test("text that is no frame is damage", async () => {
  expect((await recordOf('{"type":"HEA')).damaged).toHaveLength(1);
});
