import { z } from "zod";
import { Role } from "../role.ts";
import { Action } from "./action.ts";

/** An id on the wire: decimal digits as a string (`seller_id`, `client_id`, `user_id`, `product_id`). */
export const Id = z.string().regex(/^[1-9]\d{0,18}$/);

/** A calendar day in America/Guayaquil, `YYYY-MM-DD`. Only the database turns instants into business days. */
export const BusinessDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const Actor = z.object({ user_id: Id, role: Role }).or(z.object({ role: z.literal("SYSTEM") }));
export type Actor = z.infer<typeof Actor>;

/** What every domain event carries. */
export const eventHead = {
  /** The instant of the change, ISO 8601 UTC. */
  at: z.iso.datetime({ offset: true }),
  /** The business day of the change. */
  day: BusinessDay,
  actor: Actor,
  metadata: z.looseObject({ action: Action }),
};
