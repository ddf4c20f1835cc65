import { createRealtimeClient, type RealtimeClient } from "@espigon/realtime_client";
import { z } from "zod";

export type Traffic = {
  /** What was not answered as it should have been. */
  readonly failures: readonly string[];
  /** How often each kind of request was answered. */
  readonly answered: ReadonlyMap<string, number>;
  /** Order ids that were acknowledged. */
  readonly placed: readonly number[];
  /** Acknowledged orders that this socket has not heard of. */
  readonly unheard: () => readonly { socket: string; orders: readonly number[] }[];
  readonly areLive: () => boolean;
  readonly pause: () => Promise<void>;
  readonly stop: () => void;
};

const Session = z.object({ access_token: z.string() });
const Placed = z.object({ orders: z.array(z.object({ id: z.number() })) });

/** How long each person waits between two requests, in milliseconds. */
const PACE_MS = 15;
const ANSWER_MS = 20_000;

/**
 * People at work on a cluster, each request once and without a second try: two who order, a seller who changes a
 * product and looks at figures, somebody who reads the catalogue; and sockets that listen.
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

  const sockets = [seller, seller, seller, ...clients].map((token, index) => {
    const heard = new Set<number>();
    const realtime: RealtimeClient = createRealtimeClient({
      url: `${url.replace("http", "ws")}/ws`,
      getToken: async () => token,
    });
    realtime.subscribe((event) => {
      if (event.kind === "notification") heard.add(Number(event.notification.metadata["order_id"]));
    });
    realtime.connect();
    return { name: `socket ${index}`, realtime, heard, mine: index < 3 ? undefined : index - 3 };
  });
  const byClient: readonly number[][] = clients.map(() => []);

  for (const [index, token] of clients.entries()) {
    loop("order", async (turn) => {
      const body = { items: [{ product_id: product.id, quantity: 1 }] };
      const { orders } = Placed.parse(await ask("POST", "/api/orders", { token, key: `${index}-${turn}`, body }));
      for (const { id } of orders) {
        placed.push(id);
        byClient[index]?.push(id);
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

  return {
    failures,
    answered,
    placed,
    unheard: () =>
      sockets
        .map(({ name, heard, mine }) => ({
          socket: name,
          orders: (mine === undefined ? placed : (byClient[mine] ?? [])).filter((id) => !heard.has(id)),
        }))
        .filter(({ orders }) => orders.length > 0),
    areLive: () => sockets.every(({ realtime }) => realtime.state().status === "live"),
    async pause() {
      ending.abort();
      await Promise.all(running);
    },
    stop() {
      ending.abort();
      for (const { realtime } of sockets) realtime.close();
    },
  };
}
