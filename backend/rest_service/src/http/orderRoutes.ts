import { createRoute } from "@hono/zod-openapi";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, body, refuses } from "./responses.ts";
import {
  CreateOrderBody,
  CreateOrderHeaders,
  DeliverBody,
  OrderAnswer,
  OrderListQuery,
  OrderPage,
  OrderParams,
  PlacedOrders,
  UpdateOrderStatusBody,
  VerifyPaymentBody,
} from "./schemas/orderSchemas.ts";

/** The order endpoints as the OpenAPI document shows them. */
export function createOrderRoutes(requireRole: RequireRole) {
  const common = { tags: ["orders"], security: BEARER };
  const step = {
    ...common,
    method: "post",
    responses: { 200: answers(OrderAnswer, "The order after it"), ...refuses(400, 401, 403, 404, 409, 413, 415) },
  } as const;

  return {
    create: createRoute({
      ...common,
      method: "post",
      path: "/api/orders",
      summary: "Check out: one order per seller, all or none, the stock reserved",
      middleware: requireRole("CLIENT"),
      request: { headers: CreateOrderHeaders, body: body(CreateOrderBody) },
      responses: {
        201: answers(PlacedOrders, "Placed, now or by the first request with this key"),
        ...refuses(400, 401, 403, 404, 409, 413, 415, 422),
      },
    }),
    list: createRoute({
      ...common,
      method: "get",
      path: "/api/orders",
      summary: "One's own orders, newest first; ADMIN: all",
      middleware: requireRole(),
      request: { query: OrderListQuery },
      responses: { 200: answers(OrderPage, "One page"), ...refuses(400, 401) },
    }),
    read: createRoute({
      ...common,
      method: "get",
      path: "/api/orders/{id}",
      summary: "One order",
      middleware: requireRole(),
      request: { params: OrderParams },
      responses: { 200: answers(OrderAnswer, "The order"), ...refuses(400, 401, 404) },
    }),
    updateStatus: createRoute({
      ...step,
      method: "patch",
      path: "/api/orders/{id}/status",
      summary: "Take an order a step further, by the state table",
      middleware: requireRole(),
      request: { params: OrderParams, body: body(UpdateOrderStatusBody) },
    }),
    verifyPayment: createRoute({
      ...step,
      path: "/api/orders/{id}/verify-payment",
      summary: "Approve or reject the payment of an order",
      middleware: requireRole("SELLER", "ADMIN"),
      request: { params: OrderParams, body: body(VerifyPaymentBody) },
    }),
    deliver: createRoute({
      ...step,
      path: "/api/orders/{id}/deliver",
      summary: "Say that an order has reached its client",
      middleware: requireRole("SELLER"),
      request: { params: OrderParams, body: { content: { "application/json": { schema: DeliverBody } } } },
    }),
  };
}
