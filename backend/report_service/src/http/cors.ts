import { FLOOR_HEADER } from "@espigon/event_contracts";

const PREFLIGHT_SECONDS = 600;

export type CorsAnswer = {
  /** The answer to a preflight; undefined for any other request. */
  readonly preflight: Response | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

/** Lets exactly the listed origins read answers. Others get no header at all, so that their browser refuses. */
export function corsOf(request: Request, origins: readonly string[]): CorsAnswer {
  const origin = request.headers.get("origin");
  const allowed = origin !== null && origins.includes(origin);
  const headers = {
    vary: "Origin",
    ...(allowed ? { "access-control-allow-origin": origin, "access-control-expose-headers": "x-request-id" } : {}),
  };
  if (request.method !== "OPTIONS") return { preflight: undefined, headers };
  const granted = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": `authorization, content-type, ${FLOOR_HEADER}, x-request-id`,
    "access-control-max-age": String(PREFLIGHT_SECONDS),
  };
  return { preflight: new Response(null, { status: 204, headers: allowed ? granted : {} }), headers };
}
