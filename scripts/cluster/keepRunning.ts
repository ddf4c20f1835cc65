import type { ServiceProcess } from "../../tests/faults/cluster/ServiceProcess.ts";

const PAUSE_MS = 1_000;

/** Starts a node again a second after it has ended, again and again until it succeeds; no more after `stop`. */
export function keepRunning(tell: (line: string) => void) {
  let stopped = false;
  const restart = async (node: ServiceProcess): Promise<void> => {
    if (stopped) return;
    tell(`${node.name} has ended`);
    await Bun.sleep(PAUSE_MS);
    if (stopped) return;
    await node.start().then(
      () => tell(`${node.name} runs again, pid ${node.pid()}`),
      // It has ended again, which comes here anew.
      (error: unknown) => tell(String(error)),
    );
  };
  return {
    restart: (node: ServiceProcess) => void restart(node),
    stop: () => void (stopped = true),
  };
}
