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

/** @throws StartFault naming the ports that another program holds on `host`, before anything has been touched. */
export async function requireFreePorts(
  ports: Readonly<Record<string, number | readonly number[]>>,
  host: string,
): Promise<void> {
  const taken: number[] = [];
  for (const port of Object.values(ports).flat()) if (!(await canListen(port, host))) taken.push(port);
  if (taken.length === 0) return;
  const names = taken.length === 1 ? `port ${taken[0]} is taken` : `ports ${taken.join(", ")} are taken`;
  throw new StartFault(`${names} by another program: stop it, or start with --port-offset N`);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
