import { createRealtimeClient } from "@espigon/realtime_client";
import { signAccessToken } from "@espigon/service_kit";
import { answerParent } from "./child.ts";
import { epochNow } from "./epochNow.ts";

type Client = { readonly seller: string; liveAt: number; toldUpTo: number; dials: number; live: boolean };
const clients: Client[] = [];

const whenAll = async (what: (client: Client) => boolean, seconds: number) => {
  for (let waited = 0; waited < seconds * 1_000 && !clients.every(what); waited += 50) await Bun.sleep(50);
  return clients.filter(what).length;
};

/** A client of the browser whose first socket goes to the first node, and each later one to the next. */
function start(ports: readonly number[], seller: string, token: Promise<string>): Client {
  const client: Client = { seller, liveAt: 0, toldUpTo: 0, dials: 0, live: false };
  class Balanced extends WebSocket {
    constructor(_: string, protocols: string[]) {
      super(`ws://127.0.0.1:${ports[client.dials++ % ports.length]}/ws`, protocols);
    }
  }
  const realtime = createRealtimeClient({
    url: "ws://127.0.0.1/ws",
    getToken: () => token,
    WebSocket: Balanced,
  });
  realtime.onState((state) => {
    client.live = state.status === "live";
    if (client.live) client.liveAt = epochNow();
  });
  realtime.subscribe((event) => {
    const seq = event.kind === "notification" ? event.notification.seq : event.kind === "resync" ? event.seq : 0;
    client.toldUpTo = Math.max(client.toldUpTo, seq ?? 0);
  });
  realtime.connect();
  return client;
}

answerParent({
  /** Opens so many, of as many people of these sellers in turn. @returns how many are live */
  async connect(asked: { ports: number[]; sellers: string[]; count: number; secret: string }) {
    const { ports, sellers, count, secret } = asked;
    const expires_at = Math.floor(Date.now() / 1_000) + 3_600;
    for (let index = 0; index < count; index += 1) {
      const seller = sellers[index % sellers.length] ?? "";
      const claims = { user_id: String(1_000_000 + index), role: "SELLER" as const, seller_id: seller, expires_at };
      clients.push(start(ports, seller, signAccessToken(secret, claims)));
      // As people come: not all in one instant.
      if (index % 50 === 0) await Bun.sleep(100);
    }
    return whenAll(({ live }) => live, 120);
  },
  /** How long after `since` each was live again, in milliseconds, once all are and have heard of the last seq of their seller. */
  async resumed({ since, heads }: { since: number; heads: Record<string, number> }) {
    const back = (client: Client) => client.live && client.liveAt > since;
    await whenAll(back, 120);
    const told = await whenAll((client) => client.toldUpTo >= (heads[client.seller] ?? 0), 20);
    return {
      told,
      ms: clients.filter(back).map(({ liveAt }) => liveAt - since),
      dials: clients.reduce((sum, { dials }) => sum + dials - 1, 0),
    };
  },
});
