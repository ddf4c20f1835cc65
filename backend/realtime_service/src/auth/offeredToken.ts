import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";

/** The longest token that is looked at, in characters. */
const MAX_TOKEN_LENGTH = 4096;

export type OfferedToken =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "none" }
  /** Offers were made, but not ours. They must not be answered, since one of them may be the token itself. */
  | { readonly kind: "foreign_protocol" };

/**
 * Finds the access token of an upgrade request: in the offered subprotocols, else (where allowed) in `?token=`. Where
 * subprotocols were offered, the answer must select `espigon.v1`; else it may select none.
 */
export function offeredToken(request: { protocols: string | null; url: URL }, allowQuery: boolean): OfferedToken {
  const offers = (request.protocols ?? "").split(",").map((offer) => offer.trim());
  if (request.protocols !== null && !offers.includes(SUBPROTOCOL)) return { kind: "foreign_protocol" };
  const bearer = offers.find((offer) => offer.startsWith(BEARER_PREFIX))?.slice(BEARER_PREFIX.length);
  return offered(bearer ?? queryToken(request.url, allowQuery));
}

/** Finds the access token of an ordinary request: in `Authorization`, else (where allowed) in `?token=`. */
export function bearerToken(request: { authorization: string | null; url: URL }, allowQuery: boolean): OfferedToken {
  const bearer = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.authorization ?? "")?.[1];
  return offered(bearer ?? queryToken(request.url, allowQuery));
}

function queryToken(url: URL, allowed: boolean): string | null {
  return allowed ? url.searchParams.get("token") : null;
}

function offered(token: string | null): OfferedToken {
  return token === null || token.length === 0 || token.length > MAX_TOKEN_LENGTH
    ? { kind: "none" }
    : { kind: "token", token };
}
