import { EVENTS_STREAM, HEARTBEAT_MS, SUBPROTOCOL } from "@espigon/event_contracts";
import { createRealtimeClient } from "@espigon/realtime_client";
import { Redis } from "ioredis";
import { epochNow } from "./support/epochNow.ts";
import { percentiles } from "./support/percentiles.ts";
import { tokenFor } from "./support/principals.ts";
import { printSetUp } from "./support/setUp.ts";
import { startRealtimeNode } from "./support/startRealtimeNode.ts";

/** How soon a loss is found that nothing announces: by a node, whose broker lost the announcement, and by a client. */
const ROUNDS = 100;
const MOST_PAUSE_MS = 500;
const CLIENTS = 200;

const { node, redisUrl, stop } = await startRealtimeNode({ MAX_SOCKETS_PER_ADDRESS: "10000" });
const publisher = new Redis(redisUrl);
const address = `${node.url.replace("http", "ws")}/ws`;
let seq = 0;

/** In the log, but on no channel. */
async function appendInSilence(seller_id: string): Promise<void> {
  seq += 1;
  const event = { type: "ORDER_UPDATED", seller_id, client_id: "0", metadata: { order_id: seq }, seq };
  await publisher.xadd(EVENTS_STREAM, `${seq}-0`, "e", JSON.stringify([event]));
}

/** From the entry of the log to the frame, in milliseconds. */
async function lossesOfANode(): Promise<readonly number[]> {
  const socket = new WebSocket(address, [SUBPROTOCOL, `bearer.${await tokenFor("SELLER", "1", "1")}`]);
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  const delays: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await Bun.sleep(Math.random() * MOST_PAUSE_MS);
    const heard = new Promise<number>((resolve) => {
      const listen = ({ data }: MessageEvent) => {
        if (!String(data).includes("ORDER_UPDATED")) return;
        socket.removeEventListener("message", listen);
        resolve(epochNow());
      };
      socket.addEventListener("message", listen);
    });
    const began = epochNow();
    await appendInSilence("1");
    delays.push((await heard) - began);
  }
  socket.close();
  return delays;
}

/** From a frame that never reached the client to its being told all the same, in milliseconds. */
async function lossesOfClients(): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: CLIENTS }, (_, index) => loseOne(String(index + 2))));
}

async function loseOne(seller: string): Promise<number> {
  const token = await tokenFor("SELLER", seller, seller);
  const heard = Promise.withResolvers<number>();
  const live = Promise.withResolvers<void>();
  let lostAt: number | undefined;
  /** The browser's socket, but for the first order that it hears. */
  class LosingSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      super.addEventListener("message", (event) => {
        if (lostAt !== undefined || !String(event.data).startsWith('{"type":"ORDER_UPDATED"')) return;
        lostAt = epochNow();
        event.stopImmediatePropagation();
      });
    }
  }
  const client = createRealtimeClient({ url: address, getToken: async () => token, WebSocket: LosingSocket });
  client.subscribe((event) => {
    if (event.kind === "notification" && lostAt !== undefined) heard.resolve(epochNow() - lostAt);
  });
  client.onState(({ status }) => {
    if (status === "live") live.resolve();
  });
  client.connect();
  await live.promise;
  await Bun.sleep(Math.random() * HEARTBEAT_MS);
  await appendInSilence(seller);
  const delay = await heard.promise;
  client.close();
  return delay;
}

const row = (name: string, sample: readonly number[]) => {
  const { p50, p95 } = percentiles(sample);
  console.log(
    `| ${name} | ${sample.length} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${Math.max(...sample).toFixed(0)} |`,
  );
};

printSetUp("Losses that nothing announces", {
  "a node": `${ROUNDS} entries that are in the log and were announced on no channel, up to ${MOST_PAUSE_MS} ms apart`,
  "a client": `${CLIENTS} clients, of each of which one frame is lost behind the socket; heartbeat ${HEARTBEAT_MS} ms`,
});
console.log("| who | losses | told after, p50, ms | p95 | most |\n|---|---|---|---|---|");
try {
  row("a node", await lossesOfANode());
  row("a client", await lossesOfClients());
} finally {
  publisher.disconnect();
  await stop();
}
process.exit(0);
