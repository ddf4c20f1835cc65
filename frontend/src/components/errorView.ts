import type { es } from "../i18n/es/index.ts";
import { graphqlErrorCode } from "../lib/graphqlErrorCode.ts";

export type ErrorCode = keyof typeof es.errors.code;

export type ErrorView = {
  readonly code: ErrorCode;
  /** Names the request to who can look it up; only where the fault is ours, not the person's. */
  readonly requestId: string | undefined;
};

const OURS: ReadonlySet<ErrorCode> = new Set(["INTERNAL", "UNAVAILABLE", "STALE", "UNKNOWN"]);

/** A code that the page has words for. Listed, so that a text is never looked up by what a server happened to say. */
const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "TOKEN_EXPIRED",
  "INVALID_CREDENTIALS",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "EMAIL_TAKEN",
  "ILLEGAL_TRANSITION",
  "VERSION_CONFLICT",
  "OUT_OF_STOCK",
  "IN_PROGRESS",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "IDEMPOTENCY_KEY_REUSED",
  "RATE_LIMITED",
  "INTERNAL",
  "UNAVAILABLE",
  "STALE",
  "NETWORK",
  "TIMEOUT",
]);

/**
 * What to tell a person about an error of the REST API (`ApiError`), of GraphQL (the first error's `extensions`), or
 * anything else. Never fails, and never shows the error's own message.
 */
export function errorView(error: unknown): ErrorView {
  const source = firstGraphQLError(error) ?? error;
  const told = textAt(source, "code") ?? graphqlErrorCode(error);
  const code = told !== undefined && isErrorCode(told) ? told : "UNKNOWN";
  return {
    code,
    requestId: OURS.has(code) ? (textAt(source, "requestId") ?? textAt(source, "request_id")) : undefined,
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return CODES.has(code);
}

function firstGraphQLError(error: unknown): unknown {
  const list = property(error, "errors");
  return Array.isArray(list) ? property(list[0], "extensions") : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const text = property(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
