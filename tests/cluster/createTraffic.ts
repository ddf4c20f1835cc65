import { createRealtimeClient } from "@espigon/realtime_client";
import { z } from "zod";
import { until } from "../faults/support/until.ts";
import { createHearing } from "./createHearing.ts";
import { openStream } from "./openStream.ts";

export type Traffic = {
  /** How often each kind of request was answered. */
  readonly answered: ReadonlyMap<string, number>;
  /** Order ids that were acknowledged. */
  readonly placed: readonly number[];
  readonly unheard: () => readonly Unheard[];
  /** Lets nobody begin anything more, and resolves to what is left when all has been heard, or a minute later. */
  readonly settle: () => Promise<{
    /** What was not answered as it should have been. */
    readonly failures: readonly string[];
    readonly unheard: readonly Unheard[];
    /** Who does not listen, and why. */
    readonly deaf: readonly string[];
  }>;
  readonly stop: () => void;
};

/** Acknowledged orders that a listener does not know of. */
export type Unheard = { readonly name: string; readonly orders: readonly number[] };

const Session = z.object({ access_token: z.string() });
const Placed = z.object({ orders: z.array(z.object({ id: z.number() })) });

/** How long each person waits between two requests, in milliseconds. */
const PACE_MS = 15;
const ANSWER_MS = 20_000;
/** Whoever lost the link again and again waits up to 30 s before the next attempt. */
const SETTLE_MS = 60_000;

/**
 * People at work on a cluster, each request once and without a second try: two who order, a seller who changes a
 * product and looks at figures, somebody who reads the catalogue; and sockets and a stream that listen.
 * Resolves when all listen.
 */
export async function createTraffic(url: string): Promise<Traffic> {
  const failures: string[] = [];
  const answered = new Map<string, number>();
  const placed: number[] = [];
  const running: Promise<void>[] = [];
  const ending = new AbortController();

  const ask = async (method: string, path: string, options: { token?: string; key?: string; body?: unknown } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.key === undefined ? {} : { "idempotency-key": options.key }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 200)}`);
    return JSON.parse(text) as unknown;
  };
  const register = async (name: string, seller?: { name: string }) => {
    const body = { email: `${name}@espigon.test`, password: "a long pass phrase 42", name, ...(seller && { seller }) };
    return Session.parse(await ask("POST", "/api/auth/register", { body })).access_token;
  };
  const loop = (kind: string, step: (turn: number) => Promise<void>) => {
    const run = async () => {
      for (let turn = 0; !ending.signal.aborted; turn += 1) {
        try {
          await step(turn);
          answered.set(kind, (answered.get(kind) ?? 0) + 1);
        } catch (error) {
          failures.push(`${kind} ${turn}: ${String(error)}`);
        }
        await Bun.sleep(PACE_MS);
      }
    };
    running.push(run());
  };

  const seller = await register("seller", { name: "Pescados Ana" });
  const clients = [await register("client1"), await register("client2")];
  const details = { name: "Albacora", category: "pescado", unit: "libra", price: 250, low_stock_threshold: 1 };
  const made = await ask("POST", "/api/products", { token: seller, body: { ...details, stock: 1_000_000 } });
  const product = z.object({ id: z.string() }).parse(made);

  const hearing = createHearing();
  const byClient = new Map(clients.map((_, index) => [`client ${index}`, [] as number[]]));
  const names = ["seller 0", "seller 1", "seller 2", ...byClient.keys()];
  const sockets = [seller, seller, seller, ...clients].map((token, index) => {
    const { tellOrder, tellResync } = hearing.listen(names[index] ?? "");
    const realtime = createRealtimeClient({ url: `${url.replace("http", "ws")}/ws`, getToken: async () => token });
    realtime.subscribe((event) => {
      if (event.kind === "resync") tellResync(event.seq);
      if (event.kind !== "notification") return;
      const { metadata, seq = 0 } = event.notification;
      if (metadata["order_id"] !== undefined) tellOrder(Number(metadata["order_id"]), seq);
    });
    realtime.connect();
    return realtime;
  });
  const stream = openStream(url, seller, hearing.listen("stream of the seller"));

  const deaf = () => [
    ...sockets.flatMap((realtime, index) => {
      const state = realtime.state();
      return state.status === "live" ? [] : [`${names[index]}: ${JSON.stringify(state)}`];
    }),
    ...(stream.isOpen() ? [] : ["stream of the seller"]),
  ];
  await until("all listen", () => deaf().length === 0);

  for (const [index, token] of clients.entries()) {
    loop("order", async (turn) => {
      const body = { items: [{ product_id: product.id, quantity: 1 }] };
      const { orders } = Placed.parse(await ask("POST", "/api/orders", { token, key: `${index}-${turn}`, body }));
      for (const { id } of orders) {
        placed.push(id);
        byClient.get(`client ${index}`)?.push(id);
      }
    });
  }
  loop("read", async () => void (await ask("GET", "/api/products")));
  loop("change", async (turn) => {
    await ask("PATCH", `/api/products/${product.id}`, { token: seller, body: { price: 250 + (turn % 10) } });
  });
  loop("figures", async () => {
    const query = "{ sellerDashboardStats { orders asOf } }";
    const { errors } = z
      .object({ errors: z.unknown().optional() })
      .parse(await ask("POST", "/graphql", { token: seller, body: { query } }));
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
  });

  const unheard = () => hearing.unheard((name) => byClient.get(name) ?? placed);
  return {
    answered,
    placed,
    unheard,
    async settle() {
      ending.abort();
      await Promise.all(running);
      const isSettled = () => deaf().length === 0 && unheard().length === 0;
      await until("all have heard of all orders", isSettled, SETTLE_MS).catch(() => {});
      return { failures, unheard: unheard(), deaf: deaf() };
    },
    stop() {
      ending.abort();
      stream.stop();
      for (const realtime of sockets) realtime.close();
    },
  };
}
