import { createServer } from "node:net";
import { StartFault } from "./StartFault.ts";

export type Ports = {
  readonly rest: number;
  readonly realtime: number;
  readonly report: number;
  readonly frontend: number;
};

/** The ports of the contract, each moved by `offset`. */
export function portsAt(offset: number): Ports {
  return { rest: 3000 + offset, realtime: 8085 + offset, report: 4000 + offset, frontend: 5173 + offset };
}

/** A browser may take `localhost` for this one first, and would find another program there. */
const LOOPBACK_6 = "::1";

/**
 * @throws StartFault naming the ports that another program holds on `host` or, if that is loopback, under its other
 * name; or saying that nobody can listen there. Nothing has been touched then.
 */
export async function requireFreePorts(
  ports: Readonly<Record<string, number | readonly number[]>>,
  host: string,
): Promise<void> {
  const taken: number[] = [];
  for (const port of Object.values(ports).flat()) {
    const fault = await listeningFault(port, host);
    if (fault !== undefined && fault !== "EADDRINUSE") {
      throw new StartFault(`nobody can listen on HOST ${host}, port ${port} (${fault})`);
    }
    const elsewhere = host === "127.0.0.1" ? await listeningFault(port, LOOPBACK_6) : undefined;
    if (fault !== undefined || elsewhere === "EADDRINUSE") taken.push(port);
  }
  if (taken.length === 0) return;
  const names = taken.length === 1 ? `port ${taken[0]} is taken` : `ports ${taken.join(", ")} are taken`;
  throw new StartFault(`${names} by another program: stop it, or start with --port-offset N`);
}

/** The code of the error with which listening fails; `undefined` when it works. */
function listeningFault(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
