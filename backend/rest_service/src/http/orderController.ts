import type { Principal } from "@espigon/event_contracts";
import { ProblemError, type RoomWish } from "@espigon/service_kit";
import type { CreateOrder } from "../application/CreateOrder.ts";
import type { MarkOrderAsDelivered } from "../application/MarkOrderAsDelivered.ts";
import type { MoveOrderResult } from "../application/moveOrder.ts";
import type { OrderStore } from "../application/OrderStore.ts";
import type { UpdateOrderStatus } from "../application/UpdateOrderStatus.ts";
import type { VerifyPayment } from "../application/VerifyPayment.ts";
import type { Order } from "../domain/Order.ts";
import { orderScope } from "../domain/orderScope.ts";
import { createRouter } from "./createRouter.ts";
import { createOrderRoutes } from "./orderRoutes.ts";
import { pageOf } from "./pageOf.ts";
import { refusals } from "./refusals.ts";
import { refusedPlacement } from "./refusedPlacement.ts";
import type { RequireRole } from "./requireRole.ts";

export type OrderControllerDeps = {
  readonly orders: Pick<OrderStore, "find" | "list">;
  readonly createOrder: CreateOrder;
  readonly updateOrderStatus: UpdateOrderStatus;
  readonly verifyPayment: VerifyPayment;
  readonly markOrderAsDelivered: MarkOrderAsDelivered;
  readonly requireRole: RequireRole;
  /** Signs the right to join an order's room. */
  readonly roomToken: (wish: RoomWish) => Promise<string>;
};

export function createOrderController(deps: OrderControllerDeps) {
  const routes = createOrderRoutes(deps.requireRole);
  const router = createRouter();

  async function withRoom(order: Order, { user_id, role }: Principal) {
    const name = `order-${order.id}`;
    return { ...order, room: { name, token: await deps.roomToken({ room: name, user_id, role }) } };
  }

  router.openapi(routes.create, async (context) => {
    const principal = context.get("principal");
    const { "idempotency-key": idempotency_key } = context.req.valid("header");
    const result = await deps.createOrder(principal, { idempotency_key, ...context.req.valid("json") });
    if (!("orders" in result)) throw refusedPlacement(result);
    const orders = await Promise.all(result.orders.map((order) => withRoom(order, principal)));
    return context.json({ orders }, 201);
  });

  router.openapi(routes.list, async (context) => {
    const principal = context.get("principal");
    const { status, cursor, limit } = context.req.valid("query");
    const before = cursor === undefined ? undefined : Number(cursor);
    const found = await deps.orders.list({ scope: orderScope(principal), status, before, limit: limit + 1 });
    const { page, next_cursor } = pageOf(found, limit, (order) => String(order.id));
    const orders = await Promise.all(page.map((order) => withRoom(order, principal)));
    return context.json({ orders, next_cursor }, 200);
  });

  router.openapi(routes.read, async (context) => {
    const principal = context.get("principal");
    const order = await deps.orders.find(Number(context.req.valid("param").id), orderScope(principal));
    if (order === undefined) throw refusals.notFound();
    return context.json(await withRoom(order, principal), 200);
  });

  router.openapi(routes.updateStatus, async (context) => {
    const principal = context.get("principal");
    const id = Number(context.req.valid("param").id);
    const order = movedOrder(await deps.updateOrderStatus(principal, id, context.req.valid("json")));
    return context.json(await withRoom(order, principal), 200);
  });

  router.openapi(routes.verifyPayment, async (context) => {
    const principal = context.get("principal");
    const id = Number(context.req.valid("param").id);
    const order = movedOrder(await deps.verifyPayment(principal, id, context.req.valid("json")));
    return context.json(await withRoom(order, principal), 200);
  });

  router.openapi(routes.deliver, async (context) => {
    const principal = context.get("principal");
    const id = Number(context.req.valid("param").id);
    const order = movedOrder(await deps.markOrderAsDelivered(principal, id, context.req.valid("json")));
    return context.json(await withRoom(order, principal), 200);
  });

  return router;
}

/** The order after a step; a refused step says on what state it was decided. */
function movedOrder(result: MoveOrderResult): Order {
  if (result.kind === "moved") return result.order;
  if (result.kind === "not_found") throw refusals.notFound();
  const state = { current_status: result.order.status, version: result.order.version };
  switch (result.kind) {
    case "forbidden":
      throw refusals.forbidden();
    case "version_conflict":
      throw new ProblemError({
        status: 409,
        code: "VERSION_CONFLICT",
        title: "The order has changed since it was read",
        ...state,
      });
    case "illegal_transition":
      throw new ProblemError({
        status: 409,
        code: "ILLEGAL_TRANSITION",
        title: `An order in state ${state.current_status} cannot make this step`,
        ...state,
      });
  }
}
