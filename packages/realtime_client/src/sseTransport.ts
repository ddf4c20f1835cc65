import { CATALOG_ROOM, type ClientFrame, CloseCode } from "@espigon/event_contracts";
import { createSseParser } from "./sseParser.ts";
import type { Transport, TransportListener } from "./transport.ts";

export type FetchStream = (url: string, init: RequestInit) => Promise<Response>;

export type SseOpening = {
  readonly fetch: FetchStream;
  readonly url: string;
  readonly token: string;
  /** Where the answer to RESUME starts. */
  readonly resumeFrom: number;
  readonly rooms: readonly string[];
};

/** What a refusal of the request would have been as a close code. */
const CODE_OF_STATUS: Readonly<Record<number, number>> = {
  401: CloseCode.UNAUTHORIZED,
  429: CloseCode.TOO_MANY,
  503: CloseCode.RESTART,
};

/**
 * The frames of a socket over an event stream, for networks that block sockets. RESUME and JOIN are said by the request;
 * what must be said later takes another stream: then `onUnsayable` is called.
 */
export function openSseTransport(opening: SseOpening, listener: TransportListener): Transport {
  const { fetch, token, rooms } = opening;
  const abort = new AbortController();
  let ended = false;
  let resumed = false;

  const end = (code: number): void => {
    if (ended) return;
    ended = true;
    abort.abort();
    listener.onEnd(code);
  };
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const parser = createSseParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || ended) return end(1006);
      for (const event of parser.feed(decoder.decode(value, { stream: true }))) {
        if (event.name === "close") return end(closeCodeOf(event.data));
        if (!ended && event.name === "message") listener.onText(event.data);
      }
    }
  };
  const open = async (): Promise<void> => {
    const response = await fetch(addressOf(opening), {
      headers: { authorization: `Bearer ${token}`, "last-event-id": String(opening.resumeFrom) },
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok || response.body === null) return end(CODE_OF_STATUS[response.status] ?? 1006);
    return read(response.body);
  };
  open().catch(() => end(1006));

  const isSaid = (frame: ClientFrame): boolean => {
    switch (frame.type) {
      case "RESUME": {
        const first = !resumed;
        resumed = true;
        return first;
      }
      case "JOIN":
        return frame.room !== CATALOG_ROOM || rooms.includes(frame.room);
      case "AUTH":
        return frame.token === token;
      case "LEAVE":
      case "TYPING":
        return true;
    }
  };
  return {
    send(frame) {
      if (!ended && !isSaid(frame)) listener.onUnsayable();
    },
    close() {
      ended = true;
      abort.abort();
    },
  };
}

function addressOf({ url, rooms }: SseOpening): string {
  return rooms.includes(CATALOG_ROOM) ? `${url}?room=${CATALOG_ROOM}` : url;
}

function closeCodeOf(data: string): number {
  try {
    const { code } = JSON.parse(data) as { code?: unknown };
    return typeof code === "number" ? code : 1006;
  } catch {
    return 1006;
  }
}
