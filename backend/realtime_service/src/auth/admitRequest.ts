import { type Principal, SUBPROTOCOL } from "@espigon/event_contracts";
import { problemResponse, UNDATED_TOKEN, type VerifyAccessToken } from "@espigon/service_kit";
import type { Admission } from "../admission/admission.ts";
import { isAllowedOrigin } from "./isAllowedOrigin.ts";
import type { OfferedToken } from "./offeredToken.ts";
import { principalShownAt } from "./tokenExpiry.ts";

export type AdmitDeps = {
  readonly allowedOrigins: readonly string[];
  readonly verifyToken: VerifyAccessToken;
  readonly admission: Admission;
  /** Why no connection may open now; `undefined` when it may. */
  readonly closedFor: () => string | undefined;
  readonly now: () => number;
  readonly onRefused: (code: string, details: { origin: string | null; address: string; user_id?: string }) => void;
};

/** Refuses with a problem document, and says so to the log and the metrics. */
export type Refuse = (
  status: number,
  code: string,
  title: string,
  details?: { readonly headers?: Record<string, string>; readonly user_id?: string },
) => Response;

export type Admitted =
  /** A place was taken, which is to be given back when the connection has ended. */
  | { readonly kind: "admitted"; readonly principal: Principal; readonly address: string }
  | { readonly kind: "refused"; readonly response: Response };

export function refuserOf(deps: Pick<AdmitDeps, "onRefused">, request: Request, address: string): Refuse {
  const origin = request.headers.get("origin");
  return (status, code, title, { headers = {}, user_id } = {}) => {
    deps.onRefused(code, { origin, address, ...(user_id === undefined ? {} : { user_id }) });
    return problemResponse({ type: "about:blank", title, status, code }, headers);
  };
}

/** Who may open a connection, of whatever kind: origin, readiness, token and limits, in this order. */
export async function admitRequest(
  deps: AdmitDeps,
  asked: { request: Request; offer: OfferedToken; address: string; refuse: Refuse },
): Promise<Admitted> {
  const { request, offer, address } = asked;
  const refuse = (...reason: Parameters<Refuse>): Admitted => ({ kind: "refused", response: asked.refuse(...reason) });

  if (!isAllowedOrigin(request.headers.get("origin"), deps.allowedOrigins)) {
    return refuse(403, "FORBIDDEN", "This origin is not allowed");
  }
  const closed = deps.closedFor();
  if (closed !== undefined) return refuse(503, "UNAVAILABLE", closed, { headers: { "retry-after": "2" } });

  if (offer.kind === "foreign_protocol") return refuse(400, "INVALID_INPUT", `Offer the subprotocol ${SUBPROTOCOL}`);
  if (offer.kind === "none") return refuse(401, "UNAUTHENTICATED", "An access token is needed");
  const verdict = await deps.verifyToken(offer.token);
  if (verdict.kind === "expired") return refuse(401, "TOKEN_EXPIRED", "The access token has expired");
  if (verdict.kind === "revoked") return refuse(401, "SESSION_REVOKED", "The session has been ended");
  if (verdict.kind === "undated") {
    return refuse(401, "UNAUTHENTICATED", UNDATED_TOKEN);
  }
  if (verdict.kind === "invalid") return refuse(401, "UNAUTHENTICATED", "The access token is not valid");

  const principal = principalShownAt(deps.now(), verdict.principal);
  const { user_id } = principal;
  const place = await deps.admission.admit(user_id, address);
  if (place.kind === "admitted") return { kind: "admitted", principal, address: place.address };
  const headers = { "retry-after": String(place.retryAfterS) };
  return refuse(429, "RATE_LIMITED", `Too many connections (${place.limit})`, { headers, user_id });
}
