import type { Logger } from "@espigon/service_kit";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { answerProblem, createErrorHandler } from "./answerProblem.ts";
import type { AppEnv } from "./AppEnv.ts";
import { corsFor } from "./corsFor.ts";
import { createRouter } from "./createRouter.ts";

/** The largest body of a request, in bytes. */
const MAX_BODY_BYTES = 64 * 1024;

const HSTS = "max-age=31536000; includeSubDomains";

export type BaseAppOptions = {
  readonly logger: Logger;
  /** Exactly these origins may read answers in a browser, with credentials. */
  readonly allowedOrigins: readonly string[];
  readonly https: boolean;
};

/** What holds for every request, before any route: ids, headers, limits, and problem documents for all that fails. */
export function createBaseApp({ logger, allowedOrigins, https }: BaseAppOptions): OpenAPIHono<AppEnv> {
  const app = createRouter();
  app.use(requestId());
  app.use(
    secureHeaders({
      // A route that is a page sets a policy of its own.
      overwrite: false,
      contentSecurityPolicy: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
      strictTransportSecurity: https ? HSTS : false,
      xFrameOptions: "DENY",
    }),
  );
  app.use(async (context, next) => {
    // On `res`: only then do headers that are set before the route survive an answer that it makes itself.
    context.res.headers.set("cache-control", "no-store");
    await next();
  });
  app.use(corsFor(allowedOrigins));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) =>
        answerProblem(
          context,
          { type: "about:blank", status: 405, code: "METHOD_NOT_ALLOWED", title: "This path has other methods" },
          { allow: methods.join(", ") },
        ),
    }),
  );
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) =>
        answerProblem(context, {
          type: "about:blank",
          status: 413,
          code: "PAYLOAD_TOO_LARGE",
          title: `A body may have at most ${MAX_BODY_BYTES} bytes`,
        }),
    }),
  );
  app.notFound((context) =>
    answerProblem(context, { type: "about:blank", status: 404, code: "NOT_FOUND", title: "There is no such path" }),
  );
  app.onError(createErrorHandler(logger));
  return app;
}
