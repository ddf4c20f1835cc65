import { SUBPROTOCOL } from "@espigon/event_contracts";
import { problemResponse, type VerifyAccessToken } from "@espigon/service_kit";
import type { Admission } from "../auth/admission.ts";
import { isAllowedOrigin } from "../auth/isAllowedOrigin.ts";
import { offeredToken } from "../auth/offeredToken.ts";
import { principalShownAt } from "../auth/tokenExpiry.ts";
import type { Upgrading } from "./socketData.ts";

export type UpgradeDeps = {
  readonly allowedOrigins: readonly string[];
  readonly allowQueryToken: boolean;
  readonly verifyToken: VerifyAccessToken;
  readonly admission: Admission;
  /** Why no socket may open now; `undefined` when it may. */
  readonly closedFor: () => string | undefined;
  readonly now: () => number;
  readonly onRefused: (code: string, details: { origin: string | null; address: string; user_id?: string }) => void;
  /** Turns the request into a socket. */
  readonly upgrade: (data: Upgrading, headers: Record<string, string>) => boolean;
};

/**
 * Decides on `GET /ws` before the upgrade: origin, token, limits. `undefined` when the request has become a socket.
 * A refusal is a problem document; a browser's script cannot see it, an operator can.
 */
export async function answerUpgrade(
  deps: UpgradeDeps,
  request: Request,
  url: URL,
  address: string,
): Promise<Response | undefined> {
  const origin = request.headers.get("origin");
  const refuse = (status: number, code: string, title: string, headers: Record<string, string> = {}, user?: string) => {
    deps.onRefused(code, { origin, address, ...(user === undefined ? {} : { user_id: user }) });
    return problemResponse({ type: "about:blank", title, status, code }, headers);
  };

  if (request.method !== "GET") return refuse(405, "METHOD_NOT_ALLOWED", "Only GET", { allow: "GET" });
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return refuse(426, "UPGRADE_REQUIRED", "This is a WebSocket address", { upgrade: "websocket" });
  }
  if (!isAllowedOrigin(origin, deps.allowedOrigins)) return refuse(403, "FORBIDDEN", "This origin is not allowed");
  const closed = deps.closedFor();
  if (closed !== undefined) return refuse(503, "UNAVAILABLE", closed, { "retry-after": "2" });

  const offer = offeredToken({ protocols: request.headers.get("sec-websocket-protocol"), url }, deps.allowQueryToken);
  if (offer.kind === "foreign_protocol") return refuse(400, "INVALID_INPUT", `Offer the subprotocol ${SUBPROTOCOL}`);
  if (offer.kind === "none") return refuse(401, "UNAUTHENTICATED", "An access token is needed");
  const verdict = await deps.verifyToken(offer.token);
  if (verdict.kind === "expired") return refuse(401, "TOKEN_EXPIRED", "The access token has expired");
  if (verdict.kind === "revoked") return refuse(401, "SESSION_REVOKED", "The session has been ended");
  if (verdict.kind === "invalid") return refuse(401, "UNAUTHENTICATED", "The access token is not valid");

  const principal = principalShownAt(deps.now(), verdict.principal);
  const place = deps.admission.admit(principal.user_id, address);
  if (place.kind === "refused") {
    const headers = { "retry-after": String(place.retryAfterS) };
    return refuse(429, "RATE_LIMITED", `Too many connections (${place.limit})`, headers, principal.user_id);
  }
  const headers: Record<string, string> = offer.subprotocol ? { "sec-websocket-protocol": SUBPROTOCOL } : {};
  if (deps.upgrade({ state: "upgrading", principal, address: place.address }, headers)) return undefined;
  deps.admission.release(principal.user_id, address);
  return refuse(400, "INVALID_INPUT", "The WebSocket handshake is not valid");
}
