import type { Problem } from "@espigon/event_contracts";
import { type Logger, ProblemError, problemResponse } from "@espigon/service_kit";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppEnv } from "./AppEnv.ts";

/** Answers a problem document with its request id, and the headers that its code asks for. */
export function answerProblem(context: Context<AppEnv>, problem: Problem, headers: Record<string, string> = {}) {
  const { retry_after_s: retryAfter } = problem;
  return problemResponse(
    { ...problem, request_id: context.get("requestId") },
    {
      ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {}),
      ...headers,
    },
  );
}

/** The one place where what was thrown becomes an answer. Surprises are logged and answered without any detail. */
export function createErrorHandler(logger: Logger) {
  return (error: Error, context: Context<AppEnv>): Response => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      logger.error({ err: error, request_id: context.get("requestId"), path: context.req.path }, "request failed");
    }
    return answerProblem(context, problem);
  };
}

function problemOf(error: Error): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof HTTPException) {
    return error.status === 415
      ? { type: "about:blank", status: 415, code: "UNSUPPORTED_MEDIA_TYPE", title: "Send application/json" }
      : { type: "about:blank", status: 400, code: "INVALID_INPUT", title: "The request is malformed" };
  }
  return isOutage(error)
    ? { type: "about:blank", status: 503, code: "UNAVAILABLE", title: "Try again in a moment", retry_after_s: 1 }
    : { type: "about:blank", status: 500, code: "INTERNAL", title: "Something went wrong on our side" };
}

/**
 * The database cannot be reached or found, is stopping, only answers reads (a failover), has no room for connections,
 * none came free in time, it took too long, or took the transaction back for another's sake.
 */
function isOutage(error: Error): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    /^(08|40|53|57|25006$)/.test(code) ||
    /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/.test(code) ||
    /timeout|connection terminated|not queryable/i.test(error.message)
  );
}
