import { dayNumber, dayOfNumber } from "../src/statistics/day.ts";

/** How the fake answers statistics reads, besides telling the truth. */
export type Mood =
  | "answers"
  | "unavailable"
  | "hangs"
  | "breaks-the-contract"
  | "refuses-token"
  | "expired"
  | "not-found"
  | "limits-rate";

export type FakeRestService = {
  readonly url: string;
  /** The head of the log, and so the `as_of` of the next answer. */
  head: number;
  mood: Mood;
  /** Milliseconds that a read takes. */
  delayMs: number;
  /** Paths with query of all statistics reads, in order, with the token that each carried. */
  readonly reads: { path: string; token: string }[];
  stop(): Promise<void>;
};

const FAILURES: Partial<Record<Mood, { status: number; code: string }>> = {
  unavailable: { status: 503, code: "UNAVAILABLE" },
  "refuses-token": { status: 401, code: "UNAUTHENTICATED" },
  expired: { status: 401, code: "TOKEN_EXPIRED" },
  "not-found": { status: 404, code: "NOT_FOUND" },
  "limits-rate": { status: 429, code: "RATE_LIMITED" },
};

/**
 * rest_service as report_service sees it, over real HTTP: every seller sells one order of 10.00 a day, and net sales of
 * the last day tell the head, so that a test can see which snapshot an answer came from. A day that is asked for in part has 4.00.
 */
export function startFakeRestService(): FakeRestService {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname === "/readyz") return Response.json({ status: "ready" });
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      fake.reads.push({ path: url.pathname + url.search, token });
      const { mood, head } = fake;
      const failure = FAILURES[mood];
      if (failure) return Response.json({ type: "about:blank", title: "No", ...failure }, { status: failure.status });
      if (mood === "hangs") await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      if (mood === "breaks-the-contract") return Response.json({ as_of: "many", secret: "canary" });
      if (fake.delayMs > 0) await Bun.sleep(fake.delayMs);
      return Response.json({ as_of: head, ...rowsOf(url, head) });
    },
  });
  const fake: FakeRestService = {
    url: `http://127.0.0.1:${server.port}`,
    head: 1,
    mood: "answers",
    delayMs: 0,
    reads: [],
    stop: () => server.stop(true),
  };
  return fake;
}

function rowsOf(url: URL, head: number) {
  const from = url.searchParams.get("from") ?? "";
  const to = url.searchParams.get("to") ?? "";
  const until = url.searchParams.get("part_until");
  const days = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, index) => {
    const day = dayOfNumber(dayNumber(from) + index);
    return {
      day,
      orders: 1,
      paid_orders: 1,
      net_sales: day === to ? head : 1000,
      units: 2,
      cancelled: 0,
      new_clients: 1,
    };
  });
  const part = { orders: 1, paid_orders: 1, net_sales: 400, units: 1, cancelled: 0, new_clients: 1 };
  return {
    days,
    ...(until === null ? {} : { part: { day: until.slice(0, 10), ...part } }),
    status_days: [{ day: to, status: "payment_confirmed", orders: 1 }],
    pending_verification: { count: 1, oldest_at: "2026-11-01T12:00:00Z" },
    low_stock: 2,
    products: [{ product_id: "5", name: "Corvina", unit: "libra", units: 3, net_sales: 900 }],
    active_sellers: 2,
    sellers: [{ seller_id: "1", name: "El Pescador", orders: 4, net_sales: 4000 }],
    total_clients: 10,
    active_clients: 3,
    returning_clients: 1,
    clients: [{ client_id: "7", name: "Ana", paid_orders: 2, net_sales: 2000 }],
  };
}
