import { RestFailure } from "../restClient/RestFailure.ts";
import { refusal } from "./refusal.ts";

/** What a viewer is told of a failed read. What is not a known failure stays as it is, to be masked at the edge. */
export function refusalOfFailure(error: unknown): unknown {
  if (!(error instanceof RestFailure)) return error;
  switch (error.kind) {
    case "unauthenticated":
      return refusal("UNAUTHENTICATED", "The access token was refused.");
    case "token_expired":
      return refusal("TOKEN_EXPIRED", "The access token has expired.");
    case "forbidden":
      return refusal("FORBIDDEN", "These statistics are not yours.");
    case "not_found":
      return refusal("NOT_FOUND", "There is no such seller.");
    case "invalid":
      return refusal("BAD_USER_INPUT", "The statistics cannot be read for these arguments.");
    case "busy":
      return refusal("UNAVAILABLE", "You have too many queries under way. Try again.");
    case "unavailable":
      return refusal("UNAVAILABLE", "The statistics cannot be read at the moment. Try again.");
  }
}
