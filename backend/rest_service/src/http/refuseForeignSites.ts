import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./AppEnv.ts";
import { refusals } from "./refusals.ts";

/**
 * Guards the endpoints that read or write the cookie: a page of another site cannot use it. Programs that are not
 * browsers send neither header and pass.
 */
export function refuseForeignSites(allowedOrigins: readonly string[]) {
  return createMiddleware<AppEnv>(async (context, next) => {
    const origin = context.req.header("origin");
    const foreign = origin !== undefined && !allowedOrigins.includes(origin);
    if (foreign || context.req.header("sec-fetch-site") === "cross-site") {
      throw refusals.forbidden("This site may not do that");
    }
    await next();
  });
}
