import type { Service } from "@espigon/service_kit";
import { type Asset, chooseEncoding, createAsset, loadAssets } from "./assets.ts";
import { type RuntimeConfig, withRuntimeConfig } from "./runtimeConfig.ts";
import { securityHeaders } from "./securityHeaders.ts";

export type StaticServerOptions = {
  /** The built frontend. */
  readonly folder: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The configuration of a page that was asked for by this host name, so that its services are of the same site. */
  readonly configFor: (hostname: string) => RuntimeConfig;
};

/** Vite puts a hash of the content into the names under `/assets/`: such an answer never changes. */
const HASHED = /^\/assets\//;

/** The names of this machine in a browser; the first is for any other. */
export const HOSTNAMES = ["localhost", "127.0.0.1"] as const;

/** Serves the frontend: its files, and its page for every path that is no file (the browser does the routing). */
export function startStaticServer(options: StaticServerOptions): Service {
  const files = loadAssets(options.folder);
  const index = files.get("/index.html");
  if (index === undefined) throw new Error(`no index.html in ${options.folder}`);
  const pages = new Map<string, ReturnType<typeof createPage>>(
    HOSTNAMES.map((hostname) => [hostname, createPage(index, options.configFor(hostname))] as const),
  );
  const fallback = createPage(index, options.configFor(HOSTNAMES[0]));

  const server = Bun.serve({
    hostname: options.host,
    port: options.port,
    development: false,
    fetch(request) {
      // Without a Host it has no URL.
      if (!URL.canParse(request.url)) return new Response("bad request", { status: 400 });
      const { pathname, hostname } = new URL(request.url);
      const { page, headers } = pages.get(hostname) ?? fallback;
      if (request.method !== "GET" && request.method !== "HEAD") {
        return new Response(null, { status: 405, headers: { ...headers, allow: "GET, HEAD" } });
      }
      const file = pathname === "/index.html" ? undefined : files.get(pathname);
      if (file !== undefined) return answer(request, file, headers, cacheControl(pathname));
      if (HASHED.test(pathname)) return new Response("not found", { status: 404, headers });
      return answer(request, page, headers, "no-cache");
    },
    error: () => new Response("internal error", { status: 500 }),
  });
  return { url: `http://${options.host}:${server.port}`, stop: () => server.stop(true) };
}

function createPage(index: Asset, config: RuntimeConfig) {
  const html = withRuntimeConfig(new TextDecoder().decode(index.bytes("identity")), config);
  return {
    page: createAsset(new TextEncoder().encode(html), "text/html; charset=utf-8"),
    headers: securityHeaders(config),
  };
}

function cacheControl(pathname: string): string {
  return HASHED.test(pathname) ? "public, max-age=31536000, immutable" : "public, max-age=3600";
}

function answer(request: Request, asset: Asset, headers: Record<string, string>, caching: string): Response {
  const encoding = asset.compressible ? chooseEncoding(request.headers.get("accept-encoding")) : "identity";
  const body = asset.bytes(encoding);
  return new Response(request.method === "HEAD" ? null : body, {
    headers: {
      ...headers,
      "content-type": asset.type,
      "cache-control": caching,
      vary: "accept-encoding",
      ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
    },
  });
}
