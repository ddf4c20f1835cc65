import type { Cluster } from "../cluster/startCluster.ts";
import { type Call, callApi, type Outcome } from "./callApi.ts";
import type { Person } from "./World.ts";

/** Nothing is down for longer than this before it is healed. */
const GIVE_UP_MS = 120_000;
const RETRY_MS = 250;

/**
 * Calls any rest node, again and again, until the end is known. `doubtful`: an attempt before had an unknown end, so what
 * this one was refused may be what that one has done.
 */
export async function insist(
  cluster: Pick<Cluster, "restUrl">,
  by: Person,
  call: Omit<Call, "url" | "token"> & { readonly path: string },
  onRetry: () => void = () => {},
): Promise<{ readonly outcome: Outcome; readonly doubtful: boolean }> {
  const deadline = performance.now() + GIVE_UP_MS;
  let doubtful = false;
  for (;;) {
    const url = `${cluster.restUrl()}${call.path}`;
    const outcome = await callApi({ ...call, url, token: await by.token() });
    if (outcome.kind !== "unknown" || performance.now() > deadline) return { outcome, doubtful };
    doubtful = true;
    onRetry();
    await Bun.sleep(RETRY_MS);
  }
}
