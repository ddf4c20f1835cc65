import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./AppEnv.ts";

/** Lets exactly these origins read answers in a browser, with credentials. Others get no permission of any kind. */
export function corsFor(allowedOrigins: readonly string[]) {
  const permit = cors({
    origin: [...allowedOrigins],
    credentials: true,
    allowMethods: ["GET", "POST", "PATCH", "DELETE"],
    allowHeaders: ["authorization", "content-type", "idempotency-key", "x-request-id"],
    exposeHeaders: ["x-request-id", "retry-after"],
    maxAge: 600,
  });
  return createMiddleware<AppEnv>(async (context, next) => {
    if (allowedOrigins.includes(context.req.header("origin") ?? "")) return permit(context, next);
    context.res.headers.append("vary", "Origin");
    await next();
    return undefined;
  });
}
