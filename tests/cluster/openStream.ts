import { z } from "zod";
import type { Hearing } from "./createHearing.ts";

const PAUSE_MS = 200;
const Frame = z.object({
  type: z.string(),
  seq: z.number().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const Dirty = z.object({ type: z.literal("DIRTY"), events: z.array(Frame) });

export type Stream = {
  readonly isOpen: () => boolean;
  readonly stop: () => void;
};

/** Somebody who listens over SSE as EventSource does: opens again when the stream ends, with the last id. */
export function openStream(url: string, token: string, hearing: Hearing): Stream {
  const ending = new AbortController();
  let lastId: string | undefined;
  let open = false;

  const take = (text: string): void => {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(text)?.[1];
    lastId = field("id") ?? lastId;
    const data = field("data");
    if (data === undefined || field("event") === "close") return;
    const json: unknown = JSON.parse(data);
    const frames = Dirty.safeParse(json).data?.events ?? [Frame.parse(json)];
    for (const { type, seq = 0, metadata } of frames) {
      if (type === "READY") open = true;
      if (type === "RESYNC") hearing.tellResync(seq);
      if (metadata?.["order_id"] !== undefined) hearing.tellOrder(Number(metadata["order_id"]), seq);
    }
  };

  const listen = async (): Promise<void> => {
    const response = await fetch(`${url}/sse`, {
      headers: { authorization: `Bearer ${token}`, ...(lastId === undefined ? {} : { "last-event-id": lastId }) },
      signal: ending.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`/sse answers ${response.status}`);
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      const messages = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
      rest = messages.pop() ?? "";
      for (const message of messages) take(message);
    }
  };

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await listen().catch(() => {});
      open = false;
      if (!ending.signal.aborted) await Bun.sleep(PAUSE_MS);
    }
  };
  void run();
  return { isOpen: () => open, stop: () => ending.abort() };
}
