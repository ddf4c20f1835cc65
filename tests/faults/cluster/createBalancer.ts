import type { ServiceProcess } from "./ServiceProcess.ts";

export type Balancer = {
  /** Ports of the nodes that may take traffic; of all when none says so. */
  readonly ports: () => readonly number[];
  readonly stop: () => void;
};

const EVERY_MS = 400;
const ANSWER_MS = 800;

/** What a load balancer does: asks every node's `/readyz` again and again, and sends nobody to one that is not. */
export function createBalancer(nodes: readonly Pick<ServiceProcess, "url" | "port">[]): Balancer {
  const unready = new Set<number>();
  const check = async ({ url, port }: Pick<ServiceProcess, "url" | "port">) => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok === true) unready.delete(port);
    else unready.add(port);
  };
  const timer = setInterval(() => {
    for (const node of nodes) void check(node);
  }, EVERY_MS);
  return {
    ports() {
      const ready = nodes.map(({ port }) => port).filter((port) => !unready.has(port));
      return ready.length > 0 ? ready : nodes.map(({ port }) => port);
    },
    stop: () => clearInterval(timer),
  };
}
