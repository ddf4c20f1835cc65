import { z } from "zod";

const Env = z.object({
  /** Base address of rest_service, without a trailing slash; empty: this page's own origin. */
  apiUrl: z.string().transform(withoutTrailingSlash),
  /** Base address of realtime_service, `ws:` or `wss:`, without the path `/ws`; empty: this page's own origin. */
  wsUrl: z.string().transform(withoutTrailingSlash),
  /** The GraphQL endpoint of report_service. */
  graphqlUrl: z.string(),
});
export type Env = z.infer<typeof Env>;

const DEFAULTS: Env = {
  apiUrl: "http://localhost:3000",
  wsUrl: "ws://localhost:8085",
  graphqlUrl: "http://localhost:4000/graphql",
};

type BuildVariables = Readonly<Record<string, unknown>>;

/**
 * Where the services are: from `<meta name="espigon-config">` (set by whoever serves the page), else from the build's
 * variables, else this machine. A broken meta tag throws, so that a wrong deployment is seen at once.
 */
export function readEnv(meta: string | null, build: BuildVariables, origin = ""): Env {
  const given: unknown = meta === null ? {} : JSON.parse(meta);
  const env = Env.parse({
    apiUrl: build["VITE_API_URL"] ?? DEFAULTS.apiUrl,
    wsUrl: build["VITE_WS_URL"] ?? DEFAULTS.wsUrl,
    graphqlUrl: build["VITE_REPORT_SERVICE_URL"] ?? DEFAULTS.graphqlUrl,
    ...z.record(z.string(), z.unknown()).parse(given),
  });
  return env.wsUrl === "" ? { ...env, wsUrl: origin.replace(/^http/, "ws") } : env;
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

function metaContent(): string | null {
  if (typeof document === "undefined") return null;
  return document.querySelector('meta[name="espigon-config"]')?.getAttribute("content") ?? null;
}

export const env: Env = readEnv(metaContent(), import.meta.env, globalThis.location?.origin);
