import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";

/** The longest token that is looked at, in characters. */
const MAX_TOKEN_LENGTH = 4096;

export type OfferedToken =
  /** `subprotocol`: the answer must select `espigon.v1`. Otherwise the client offered none and none may be selected. */
  | { readonly kind: "token"; readonly token: string; readonly subprotocol: boolean }
  | { readonly kind: "none" }
  /** Offers were made, but not ours. They must not be answered, since one of them may be the token itself. */
  | { readonly kind: "foreign_protocol" };

/** Finds the access token of an upgrade request: in the offered subprotocols, else (where allowed) in `?token=`. */
export function offeredToken(request: { protocols: string | null; url: URL }, allowQuery: boolean): OfferedToken {
  const offers = (request.protocols ?? "").split(",").map((offer) => offer.trim());
  const subprotocol = offers.includes(SUBPROTOCOL);
  if (request.protocols !== null && !subprotocol) return { kind: "foreign_protocol" };
  const bearer = offers.find((offer) => offer.startsWith(BEARER_PREFIX))?.slice(BEARER_PREFIX.length);
  const token = bearer ?? (allowQuery ? request.url.searchParams.get("token") : null);
  if (token === null || token.length === 0 || token.length > MAX_TOKEN_LENGTH) return { kind: "none" };
  return { kind: "token", token, subprotocol };
}
