import { Problem } from "@espigon/event_contracts";
import type { z } from "@hono/zod-openapi";

/** A JSON answer in the OpenAPI document. */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

const ProblemAnswer = Problem.meta({ id: "Problem" });

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ProblemAnswer } },
});

const DESCRIPTIONS = {
  400: "INVALID_INPUT",
  401: "UNAUTHENTICATED, TOKEN_EXPIRED or INVALID_CREDENTIALS",
  403: "FORBIDDEN",
  404: "NOT_FOUND: there is none, or it is somebody else's",
  409: "In conflict with the present state; `code` says how",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "IDEMPOTENCY_KEY_REUSED",
  429: "RATE_LIMITED; see Retry-After",
  503: "UNAVAILABLE; see Retry-After",
} as const;

/** The refusals of a route in the OpenAPI document. */
export function refuses<Status extends keyof typeof DESCRIPTIONS>(...statuses: readonly Status[]) {
  return Object.fromEntries(statuses.map((status) => [status, problem(DESCRIPTIONS[status])])) as Record<
    Status,
    ReturnType<typeof problem>
  >;
}

/** What a route says about needing an access token. */
export const BEARER = [{ bearer: [] }];
