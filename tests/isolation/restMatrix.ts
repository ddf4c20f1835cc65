import type { Viewer, World } from "./startWorld.ts";

/** The status that each viewer gets. */
type Row = {
  /** The request; made anew for each viewer, since it may change what it names. */
  readonly ask: (world: World) => Promise<{ readonly path: string; readonly body?: unknown; readonly key?: string }>;
  readonly gets: Record<Viewer, number>;
  /** The same request for something that does not exist: who gets 404 must not be able to tell the two apart. */
  readonly unknown?: string;
};

const NOBODY = { anonymous: 401, "expired token": 401, "ended session": 401 } as const;
const gets = (
  admin: number,
  ownSeller: number,
  otherSeller: number,
  ownClient: number,
  otherClient: number,
): Row["gets"] => ({
  ...NOBODY,
  admin,
  "own seller": ownSeller,
  "other seller": otherSeller,
  "own client": ownClient,
  "other client": otherClient,
});
const ADMIN_ONLY = gets(200, 403, 403, 403, 403);
const DAYS = "from=2026-01-01&to=2026-01-31";

/** Operations that anybody may call: they show nothing that is private, whoever calls. */
export const PUBLIC_OPERATIONS = [
  "POST /api/auth/register",
  "POST /api/auth/login",
  "POST /api/auth/refresh",
  "POST /api/auth/logout",
  "GET /api/products",
  "GET /api/products/{id}",
] as const;

/** Every other operation of the REST interface, and what each viewer gets. */
export const REST_MATRIX: Readonly<Record<string, Row>> = {
  "POST /api/auth/password": {
    ask: async () => ({ path: "/api/auth/password", body: { current_password: "wrong wrong", new_password: "x" } }),
    gets: gets(403, 403, 403, 403, 403),
  },
  "POST /api/products": {
    ask: async () => ({
      path: "/api/products",
      body: { name: "Dorado", category: "pescado", unit: "libra", price: 1, stock: 1 },
    }),
    gets: gets(403, 201, 201, 403, 403),
  },
  "PATCH /api/products/{id}": {
    ask: async (world) => ({ path: `/api/products/${await world.product()}`, body: { stock: 7 } }),
    gets: gets(403, 200, 404, 403, 403),
    unknown: "/api/products/999999",
  },
  "DELETE /api/products/{id}": {
    ask: async (world) => ({ path: `/api/products/${await world.product()}` }),
    gets: gets(403, 204, 404, 403, 403),
    unknown: "/api/products/999999",
  },
  "POST /api/orders": {
    ask: async (world) => ({
      path: "/api/orders",
      body: { items: [{ product_id: await world.product(), quantity: 1 }] },
      key: crypto.randomUUID(),
    }),
    gets: gets(403, 403, 403, 201, 201),
  },
  "GET /api/orders": {
    ask: async (world) => {
      await world.order();
      return { path: "/api/orders?limit=100" };
    },
    gets: gets(200, 200, 200, 200, 200),
  },
  "GET /api/orders/{id}": {
    ask: async (world) => ({ path: `/api/orders/${await world.order()}` }),
    gets: gets(200, 200, 404, 200, 404),
    unknown: "/api/orders/999999",
  },
  "PATCH /api/orders/{id}/status": {
    ask: async (world) => ({
      path: `/api/orders/${await world.order()}/status`,
      body: { status: "cancelled", reason: "no hay" },
    }),
    gets: gets(200, 200, 404, 200, 404),
    unknown: "/api/orders/999999/status",
  },
  "POST /api/orders/{id}/verify-payment": {
    ask: async (world) => ({ path: `/api/orders/${await world.order()}/verify-payment`, body: { approved: true } }),
    gets: gets(200, 200, 404, 403, 403),
    unknown: "/api/orders/999999/verify-payment",
  },
  "POST /api/orders/{id}/deliver": {
    // Too early in its life to be delivered: 409 to whom it belongs.
    ask: async (world) => ({ path: `/api/orders/${await world.order()}/deliver` }),
    gets: gets(403, 409, 404, 403, 403),
    unknown: "/api/orders/999999/deliver",
  },
  "GET /api/events": { ask: async () => ({ path: "/api/events?limit=100" }), gets: ADMIN_ONLY },
  "GET /internal/stats/sellers/{seller_id}/days": {
    ask: async ({ seller }) => ({ path: `/internal/stats/sellers/${seller.sellerId}/days?${DAYS}` }),
    gets: gets(200, 200, 404, 403, 403),
    unknown: `/internal/stats/sellers/999999/days?${DAYS}`,
  },
  "GET /internal/stats/sellers/{seller_id}/products": {
    ask: async ({ seller }) => ({ path: `/internal/stats/sellers/${seller.sellerId}/products?${DAYS}` }),
    gets: gets(200, 200, 404, 403, 403),
    unknown: `/internal/stats/sellers/999999/products?${DAYS}`,
  },
  "GET /internal/stats/days": { ask: async () => ({ path: `/internal/stats/days?${DAYS}` }), gets: ADMIN_ONLY },
  "GET /internal/stats/sellers": { ask: async () => ({ path: `/internal/stats/sellers?${DAYS}` }), gets: ADMIN_ONLY },
  "GET /internal/stats/clients": { ask: async () => ({ path: `/internal/stats/clients?${DAYS}` }), gets: ADMIN_ONLY },
  "GET /api/users": { ask: async () => ({ path: "/api/users" }), gets: ADMIN_ONLY },
  "PATCH /api/users/{id}": {
    ask: async (world) => ({ path: `/api/users/${(await world.stranger()).id}`, body: { disabled: true } }),
    gets: ADMIN_ONLY,
  },
  "POST /api/realtime/disconnect": {
    ask: async (world) => ({ path: "/api/realtime/disconnect", body: { user_id: (await world.stranger()).id } }),
    gets: gets(204, 403, 403, 403, 403),
  },
};

/** Who may read what is private to the own seller and the own client. */
export const MAY_READ_PRIVATE: readonly Viewer[] = ["admin", "own seller", "own client"];
