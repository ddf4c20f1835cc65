import { ProblemError } from "@espigon/service_kit";
import { createRoute } from "@hono/zod-openapi";
import type { AccountAdministration } from "../application/AccountAdministration.ts";
import { createRouter } from "./createRouter.ts";
import { pageOf } from "./pageOf.ts";
import { refusals } from "./refusals.ts";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, body, refuses } from "./responses.ts";
import {
  DisconnectBody,
  UserAnswer,
  UserChangesBody,
  UserListQuery,
  UserPage,
  UserParams,
} from "./schemas/userSchemas.ts";

export type UserControllerDeps = {
  readonly accounts: AccountAdministration;
  readonly requireRole: RequireRole;
  readonly committed: () => void;
};

/** Accounts and their access, for administrators. */
export function createUserController({ accounts, requireRole, committed }: UserControllerDeps) {
  const asAdmin = { tags: ["users"], security: BEARER, middleware: requireRole("ADMIN") };

  const listRoute = createRoute({
    ...asAdmin,
    method: "get",
    path: "/api/users",
    summary: "The accounts, newest first",
    request: { query: UserListQuery },
    responses: { 200: answers(UserPage, "One page"), ...refuses(400, 401, 403) },
  });

  const changeRoute = createRoute({
    ...asAdmin,
    method: "patch",
    path: "/api/users/{id}",
    summary: "Disable or enable an account, or make a client an administrator or the other way round",
    description:
      "Disabling and a new role end all sessions of the user within a second. Nobody changes their own account.",
    request: { params: UserParams, body: body(UserChangesBody) },
    responses: { 200: answers(UserAnswer, "Changed"), ...refuses(400, 401, 403, 404, 409, 413, 415) },
  });

  const disconnectRoute = createRoute({
    ...asAdmin,
    method: "post",
    path: "/api/realtime/disconnect",
    summary:
      "End the sessions of a user, or one of them: sockets close within a second, and it takes a login to come back",
    request: { body: body(DisconnectBody) },
    responses: { 204: { description: "Ended" }, ...refuses(400, 401, 403, 404, 413, 415) },
  });

  const router = createRouter();

  router.openapi(listRoute, async (context) => {
    const { cursor, limit, search, role } = context.req.valid("query");
    const found = await accounts.list({ search, role, before: cursor, limit: limit + 1 });
    const { page, next_cursor } = pageOf(found, limit, (user) => user.id);
    return context.json({ users: page, next_cursor }, 200);
  });

  router.openapi(changeRoute, async (context) => {
    const { id } = context.req.valid("param");
    const { user_id, role } = context.get("principal");
    if (id === user_id) throw conflict("OWN_ACCOUNT", "Another administrator has to do this");
    const result = await accounts.change(id, context.req.valid("json"), { user_id, role });
    switch (result.kind) {
      case "changed":
        committed();
        return context.json(result.user, 200);
      case "unknown_user":
        throw refusals.notFound();
      case "has_shop":
        throw conflict("HAS_SHOP", "This account has a shop, so it stays a seller's");
    }
  });

  router.openapi(disconnectRoute, async (context) => {
    const { user_id, session_id } = context.req.valid("json");
    const { user_id: admin, role } = context.get("principal");
    if (!(await accounts.disconnect(user_id, session_id, { user_id: admin, role }))) throw refusals.notFound();
    committed();
    return context.body(null, 204);
  });

  return router;
}

function conflict(code: string, title: string): ProblemError {
  return new ProblemError({ status: 409, code, title });
}
