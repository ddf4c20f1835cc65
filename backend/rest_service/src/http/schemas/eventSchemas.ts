import { Actor, ORDER_EVENT_TYPES, PRODUCT_EVENT_TYPES } from "@espigon/event_contracts";
import { z } from "@hono/zod-openapi";
import { PageLimit } from "./fields.ts";

export const EventListQuery = z.object({
  /** Only events with a higher seq. */
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  type: z
    .enum([...ORDER_EVENT_TYPES, ...PRODUCT_EVENT_TYPES, "CLIENT_REGISTERED", "SELLER_REGISTERED", "ACCESS_REVOKED"])
    .optional(),
  limit: PageLimit,
});

const EventRecord = z
  .object({
    seq: z.int(),
    type: z.string(),
    at: z.iso.datetime(),
    actor: Actor,
    seller_id: z.string().optional(),
    client_id: z.string().optional(),
    order_id: z.int().optional(),
    metadata: z.record(z.string(), z.unknown()),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "LogEntry" });

/** `next_cursor` is the `after` of the next page; null at the end of the log. */
export const EventPage = z
  .object({ events: z.array(EventRecord), next_cursor: z.int().nullable() })
  .meta({ id: "EventPage" });
