import { SUBPROTOCOL } from "@espigon/event_contracts";
import { type AdmitDeps, admitRequest, refuserOf } from "../auth/admitRequest.ts";
import { offeredToken } from "../auth/offeredToken.ts";
import type { Upgrading } from "./socketData.ts";

export type UpgradeDeps = AdmitDeps & {
  readonly allowQueryToken: boolean;
  /** Turns the request into a socket. */
  readonly upgrade: (data: Upgrading, headers: Record<string, string>) => boolean;
};

/**
 * Decides on `GET /ws` before the upgrade. `undefined` when the request has become a socket. A refusal is a problem
 * document; a browser's script cannot see it, an operator can.
 */
export async function answerUpgrade(
  deps: UpgradeDeps,
  request: Request,
  url: URL,
  address: string,
): Promise<Response | undefined> {
  const refuse = refuserOf(deps, request, address);
  if (request.method !== "GET") return refuse(405, "METHOD_NOT_ALLOWED", "Only GET", { headers: { allow: "GET" } });
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return refuse(426, "UPGRADE_REQUIRED", "This is a WebSocket address", { headers: { upgrade: "websocket" } });
  }
  const protocols = request.headers.get("sec-websocket-protocol");
  const offer = offeredToken({ protocols, url }, deps.allowQueryToken);
  const admitted = await admitRequest(deps, { request, offer, address, refuse });
  if (admitted.kind === "refused") return admitted.response;

  const { principal } = admitted;
  const headers: Record<string, string> = protocols === null ? {} : { "sec-websocket-protocol": SUBPROTOCOL };
  if (deps.upgrade({ state: "upgrading", principal, address: admitted.address }, headers)) return undefined;
  deps.admission.release(principal.user_id, admitted.address);
  return refuse(400, "INVALID_INPUT", "The WebSocket handshake is not valid");
}
