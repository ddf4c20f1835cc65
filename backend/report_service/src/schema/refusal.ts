import { GraphQLError } from "graphql";

/** The `extensions.code` of every error that this service means. Clients act on it, never on the message. */
export type RefusalCode =
  | "BAD_USER_INPUT"
  | "UNAUTHENTICATED"
  | "TOKEN_EXPIRED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "STALE"
  | "UNAVAILABLE";

/**
 * An expected refusal. A missing or refused token also sets HTTP 401, whatever the media type, so that clients that
 * know nothing of GraphQL errors refresh too; all other refusals leave the status to GraphQL over HTTP.
 */
export function refusal(code: RefusalCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  const unauthenticated = code === "UNAUTHENTICATED" || code === "TOKEN_EXPIRED";
  return new GraphQLError(message, {
    extensions: { code, ...extensions, ...(unauthenticated ? { http: { status: 401 } } : {}) },
  });
}
