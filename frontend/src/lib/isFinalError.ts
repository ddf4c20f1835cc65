import { ApiError } from "./ApiError.ts";
import { graphqlErrorCode } from "./graphqlErrorCode.ts";

const FINAL_CODES: ReadonlySet<string> = new Set([
  "BAD_USER_INPUT",
  "INVALID_INPUT",
  "GRAPHQL_VALIDATION_FAILED",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
]);

/**
 * Whether the same request is bound to be refused again, so that no retry may be made by itself. A token that is too old
 * is not: the retry brings a newer one, or ends the session.
 */
export function isFinalError(error: Error): boolean {
  if (error instanceof ApiError) return FINAL_CODES.has(error.code);
  const code = graphqlErrorCode(error);
  return code !== undefined && FINAL_CODES.has(code);
}
