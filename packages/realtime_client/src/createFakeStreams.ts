import type { FetchStream } from "./sseTransport.ts";

/** The server's end of one event stream. */
export type FakeStream = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isOpen: () => boolean;
  readonly say: (frame: object) => void;
  /** The last word of a server that ends a stream. */
  readonly end: (code: number) => void;
};

export type FakeStreams = {
  /** Hand this to the client. */
  readonly fetch: FetchStream;
  /** Every stream that was ever opened, oldest first. */
  readonly streams: readonly FakeStream[];
};

/** Event streams that say what a test tells them to. Every request is answered. */
export function createFakeStreams(): FakeStreams {
  const streams: FakeStream[] = [];
  return {
    streams,
    fetch: async (url, { headers, signal }) => {
      const encoder = new TextEncoder();
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
      let open = true;
      const body = new ReadableStream<Uint8Array>({
        start(given) {
          controller = given;
        },
      });
      const write = (text: string): void => {
        if (open) controller?.enqueue(encoder.encode(text));
      };
      signal?.addEventListener("abort", () => {
        if (open) controller?.error(signal.reason);
        open = false;
      });
      streams.push({
        url,
        headers: headers as Record<string, string>,
        isOpen: () => open,
        say: (frame) => write(`data: ${JSON.stringify(frame)}\n\n`),
        end(code) {
          write(`event: close\ndata: ${JSON.stringify({ code, reason: "" })}\n\n`);
          if (open) controller?.close();
          open = false;
        },
      });
      return new Response(body);
    },
  };
}
