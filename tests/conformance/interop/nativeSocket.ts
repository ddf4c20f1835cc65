import type { Page } from "playwright-core";

/** What a page has got of a native WebSocket or EventSource. */
export type Received = {
  /** Of the handshake; empty for an EventSource, and before it is open. */
  protocol: string;
  extensions: string;
  opened: boolean;
  /** The parsed texts, with their id where an EventSource gives one. */
  readonly frames: { type: string; id?: string; [name: string]: unknown }[];
  closed?: { code: number; reason: string; wasClean: boolean };
  /** Its `error` events. */
  errors: number;
};

export type NativeSocket = {
  send(data: string | number): Promise<void>;
  close(code: number, reason: string): Promise<void>;
  received(): Promise<Received>;
};

/** Opens the page's own `WebSocket`. */
export async function openWebSocket(page: Page, url: string, protocols: readonly string[]): Promise<NativeSocket> {
  const handle = await page.evaluateHandle(
    ([address, offered]) => {
      const socket = new WebSocket(address, [...offered]);
      socket.binaryType = "arraybuffer";
      const received: Received = { protocol: "", extensions: "", opened: false, frames: [], errors: 0 };
      socket.addEventListener("open", () => {
        received.opened = true;
        received.protocol = socket.protocol;
        received.extensions = socket.extensions;
      });
      socket.addEventListener("message", ({ data }) => {
        received.frames.push(JSON.parse(String(data)) as { type: string });
      });
      socket.addEventListener("error", () => (received.errors += 1));
      socket.addEventListener("close", ({ code, reason, wasClean }) => (received.closed = { code, reason, wasClean }));
      return { socket, received };
    },
    [url, protocols] as const,
  );
  return {
    /** A number: so many bytes of zeros. */
    send: (data) =>
      handle.evaluate(({ socket }, value) => {
        socket.send(typeof value === "string" ? value : new Uint8Array(value));
      }, data),
    close: (code, reason) =>
      handle.evaluate(({ socket }, [first, second]) => socket.close(first, second), [code, reason] as const),
    received: () => handle.evaluate(({ received }) => received),
  };
}

/** Opens the page's own `EventSource`. */
export async function openEventSource(page: Page, url: string): Promise<Pick<NativeSocket, "received">> {
  const handle = await page.evaluateHandle((address) => {
    const source = new EventSource(address);
    const received: Received = { protocol: "", extensions: "", opened: false, frames: [], errors: 0 };
    source.addEventListener("open", () => (received.opened = true));
    source.addEventListener("message", ({ data, lastEventId }) => {
      received.frames.push({ ...(JSON.parse(String(data)) as { type: string }), id: lastEventId });
    });
    source.addEventListener("error", () => {
      received.errors += 1;
      if (source.readyState === EventSource.CLOSED) received.closed = { code: 0, reason: "", wasClean: false };
    });
    return { received };
  }, url);
  return { received: () => handle.evaluate(({ received }) => received) };
}
