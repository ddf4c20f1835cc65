import { OpenAPIHono } from "@hono/zod-openapi";
import { ProblemError } from "@espigon/service_kit";
import type { AppEnv } from "./AppEnv.ts";

/** A set of routes that refuse what does not fit their schemas as INVALID_INPUT, with every fault named. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new ProblemError({
        status: 400,
        code: "INVALID_INPUT",
        title: "The request does not fit the schema",
        errors: result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
      });
    },
  });
}
