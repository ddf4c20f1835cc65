import type { Client } from "./client.ts";
import type { Hub } from "./hub.ts";

/** Tells a connection what went stale in its audiences since `seq`. */
export type Resume = (client: Client, seq: number) => Promise<void>;

/** `look`: reads the log anew where a client knows more than this node; resolves also when that fails. */
export function createResume(deps: {
  readonly hub: Pick<Hub, "knownSeq" | "answerResume">;
  readonly look: () => Promise<void>;
}): Resume {
  return async (client, seq) => {
    if (seq > deps.hub.knownSeq()) await deps.look();
    if (client.state === "open") deps.hub.answerResume(client, seq);
  };
}
