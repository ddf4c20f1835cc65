import { createRoute } from "@hono/zod-openapi";
import type { EventLogReader } from "../application/EventLogReader.ts";
import { createRouter } from "./createRouter.ts";
import { pageOf } from "./pageOf.ts";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, refuses } from "./responses.ts";
import { EventListQuery, EventPage } from "./schemas/eventSchemas.ts";

export function createEventController(deps: { events: EventLogReader; requireRole: RequireRole }) {
  const listRoute = createRoute({
    method: "get",
    path: "/api/events",
    tags: ["events"],
    summary: "The event log, oldest first",
    security: BEARER,
    middleware: deps.requireRole("ADMIN"),
    request: { query: EventListQuery },
    responses: { 200: answers(EventPage, "One page"), ...refuses(400, 401, 403) },
  });

  return createRouter().openapi(listRoute, async (context) => {
    const { after, type, limit } = context.req.valid("query");
    const found = await deps.events.read({ after, type, limit: limit + 1 });
    const { page, next_cursor } = pageOf(found, limit, (event) => event.seq);
    return context.json({ events: page, next_cursor }, 200);
  });
}
