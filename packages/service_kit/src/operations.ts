import { timingSafeEqual } from "node:crypto";
import type { Registry } from "prom-client";
import { createProcessMetrics } from "./createProcessMetrics.ts";
import { HARMLESS_HEADERS } from "./harmlessHeaders.ts";
import { isLoopback } from "./networkOf.ts";
import { problemResponse } from "./problem.ts";

export type OperationsDeps = {
  /** Of the service; those of its process are added. */
  readonly metrics: Registry;
  /** Names what keeps the service from taking traffic; empty when it is ready. Must answer within 2 s. */
  readonly unready: () => Promise<readonly string[]>;
  /** Lets a scraper in from elsewhere than loopback. */
  readonly metricsToken?: string;
};

/** Services that share a process share these; they begin with the first request. */
let processMetrics: Registry | undefined;

/**
 * Answers `/healthz` (alive), `/readyz` (may take traffic) and `/metrics` (loopback, not through a proxy, or bearer
 * token), and refuses what has no usable URL, such as a request without a Host; `undefined` for any other path.
 * `remoteAddress` is that of the socket, never a header's.
 */
export async function answerOperations(
  deps: OperationsDeps,
  request: Request,
  remoteAddress: string | undefined,
): Promise<Response | undefined> {
  if (!URL.canParse(request.url)) {
    return problemResponse({
      type: "about:blank",
      title: "The request has no usable URL",
      status: 400,
      code: "INVALID_INPUT",
    });
  }
  processMetrics ??= createProcessMetrics();
  switch (new URL(request.url).pathname) {
    case "/healthz":
      return Response.json({ status: "alive" }, { headers: HARMLESS_HEADERS });
    case "/readyz": {
      const waitingFor = await deps.unready();
      return Response.json(
        { status: waitingFor.length === 0 ? "ready" : "unready", waiting_for: waitingFor },
        { status: waitingFor.length === 0 ? 200 : 503, headers: HARMLESS_HEADERS },
      );
    }
    case "/metrics": {
      if (!isFromHere(request, remoteAddress) && !hasToken(request, deps.metricsToken)) {
        return problemResponse({ type: "about:blank", title: "Not for you", status: 403, code: "FORBIDDEN" });
      }
      const text = `${await deps.metrics.metrics()}\n${await processMetrics.metrics()}`;
      return new Response(text, { headers: { ...HARMLESS_HEADERS, "content-type": deps.metrics.contentType } });
    }
    default:
      return undefined;
  }
}

/** From this machine, and not sent on by a proxy on it: what that takes for a harmless path may be `/metrics` in the end. */
function isFromHere({ headers }: Request, address: string | undefined): boolean {
  return isLoopback(address ?? "") && !headers.has("x-forwarded-for");
}

function hasToken(request: Request, token: string | undefined): boolean {
  const given = Buffer.from(request.headers.get("authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${token ?? ""}`);
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}
