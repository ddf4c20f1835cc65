import type { Ports } from "./ports.ts";
import type { RuntimeConfig } from "./web/runtimeConfig.ts";

/** The addresses of the services as a browser on `hostname` reaches them. */
export function runtimeConfigFor(hostname: string, ports: Ports): RuntimeConfig {
  return {
    apiUrl: `http://${hostname}:${ports.rest}`,
    wsUrl: `ws://${hostname}:${ports.realtime}`,
    graphqlUrl: `http://${hostname}:${ports.report}/graphql`,
  };
}
