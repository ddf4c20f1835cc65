import type { Role } from "@espigon/event_contracts";
import { ProblemError, UNDATED_TOKEN, type VerifyAccessToken } from "@espigon/service_kit";
import { createMiddleware } from "hono/factory";
import type { PrincipalCheck } from "../application/principalCheck.ts";
import type { AppEnv } from "./AppEnv.ts";
import { refusals } from "./refusals.ts";
import { IdText } from "./schemas/fields.ts";

export type RequireRole = ReturnType<typeof createRequireRole>;

/** Makes the middleware that lets in only holders of a valid access token, of one of these roles when any is named. */
export function createRequireRole(deps: { verify: VerifyAccessToken; principals: PrincipalCheck }) {
  return (...roles: readonly Role[]) =>
    createMiddleware<AppEnv>(async (context, next) => {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
      if (token === undefined) throw refusals.unauthenticated();
      const verdict = await deps.verify(token);
      if (verdict.kind === "expired") {
        throw new ProblemError({ status: 401, code: "TOKEN_EXPIRED", title: "The access token has expired" });
      }
      if (verdict.kind === "undated") throw refusals.unauthenticated(UNDATED_TOKEN);
      if (verdict.kind !== "valid") throw refusals.unauthenticated("The access token is not valid");
      const { principal } = verdict;
      // Another issuer may number its users in another way; here they could not be anybody.
      const known = [principal.user_id, principal.seller_id ?? "1"].every((id) => IdText.safeParse(id).success);
      if (!known || !(await deps.principals.isCurrent(principal))) {
        throw refusals.unauthenticated("The session is over");
      }
      if (roles.length > 0 && !roles.includes(principal.role)) throw refusals.forbidden();
      context.set("principal", principal);
      await next();
    });
}
