import type { ClientSocket } from "../websockets/client.ts";
import { SSE_GREETING, sseClose, sseMessage } from "./sseMessage.ts";
import type { StreamTopics } from "./streamTopics.ts";

/** Bytes that wait for one slow reader; what is sent beyond is skipped for it. As for sockets. */
const QUEUE_LIMIT = 64 * 1024;
/** A reader with more than this before it counts as slow, in bytes. */
const SLOW_ABOVE = 16 * 1024;

export type SseStream = {
  readonly socket: ClientSocket;
  readonly body: ReadableStream<Uint8Array>;
  /** The other end has gone. Idempotent. */
  gone(): void;
};

export type SseStreamDeps = {
  readonly topics: StreamTopics;
  readonly heartbeatMs: number;
  /** Frees the connection under the stream though its reader takes nothing. */
  readonly abandon: () => void;
  /** A slow reader has caught up. */
  readonly onDrain: () => void;
  /** Once, when nothing more is sent or read. */
  readonly onClosed: (code: number, reason: string) => void;
};

/**
 * An event stream that behaves as a socket does towards the hub. It is pulled by its reader, and what waits for a slow
 * one is bounded.
 */
export function createSseStream(deps: SseStreamDeps): SseStream {
  const { topics } = deps;
  const encoder = new TextEncoder();
  const subscribed = new Set<string>();
  let queue: Uint8Array[] = [encoder.encode(SSE_GREETING)];
  let queued = 0;
  let slow = false;
  let ending: { readonly code: number; readonly reason: string } | undefined;
  let closed = false;
  let wake = () => {};
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  const push = (text: string) => {
    const bytes = encoder.encode(text);
    queue.push(bytes);
    queued += bytes.length;
    wake();
  };
  const finish = (code: number, reason: string) => {
    if (closed) return;
    closed = true;
    queue = [];
    for (const topic of subscribed) topics.unsubscribe(socket, topic);
    wake();
    deps.onClosed(code, reason);
  };

  const socket: ClientSocket = {
    heartbeatMs: deps.heartbeatMs,
    send(text) {
      if (closed || ending !== undefined) return 0;
      if (queued > QUEUE_LIMIT) {
        slow = true;
        return 0;
      }
      push(sseMessage(text));
      if (queued <= SLOW_ABOVE) return 1;
      slow = true;
      return -1;
    },
    // Who has a stream says nothing, so nobody has to be left out.
    publish: (topic, text) => topics.publish(topic, text),
    subscribe(topic) {
      subscribed.add(topic);
      topics.subscribe(socket, topic);
    },
    unsubscribe(topic) {
      subscribed.delete(topic);
      topics.unsubscribe(socket, topic);
    },
    // What waits for the next pull of a reader who keeps up is on its way.
    getBufferedAmount: () => (slow ? queued : 0),
    close(code, reason) {
      if (closed || ending !== undefined) return;
      ending = { code, reason };
      push(sseClose(code, reason));
    },
    terminate() {
      if (closed) return;
      controller?.error(new Error("the stream was cut off"));
      deps.abandon();
      finish(ending?.code ?? 1006, ending?.reason ?? "");
    },
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      async pull() {
        if (queue.length === 0 && !closed) await new Promise<void>((resolve) => (wake = resolve));
        if (closed) return;
        for (const bytes of queue) controller?.enqueue(bytes);
        queue = [];
        queued = 0;
        if (ending !== undefined) {
          controller?.close();
          return finish(ending.code, ending.reason);
        }
        if (!slow) return;
        slow = false;
        deps.onDrain();
      },
      cancel: () => finish(1006, ""),
    },
    { highWaterMark: 0 },
  );
  return { socket, body, gone: () => finish(1006, "") };
}
