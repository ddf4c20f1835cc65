import { ClientFrame, HEARTBEAT_MS } from "@espigon/event_contracts";
import type { WebSocketConstructor, WebSocketLike } from "./transport.ts";

/** The server's end of one socket. What is sent to a socket that has ended goes nowhere. */
export type FakeSocket = {
  readonly url: string;
  readonly protocols: readonly string[];
  /** Frames that the client has sent, oldest first; a malformed one throws in the client. */
  readonly received: readonly ClientFrame[];
  readonly isOpen: () => boolean;
  /** Accepts the upgrade. */
  readonly accept: () => void;
  /** Accepts and says READY. */
  readonly ready: (seq: number, audiences: readonly string[]) => void;
  readonly say: (frame: object) => void;
  readonly sayText: (text: string) => void;
  /** Ends it from the server's side: 1006 is a refused upgrade or a cut wire. */
  readonly end: (code: number) => void;
};

export type FakeServer = {
  /** Hand this to the client. */
  readonly WebSocket: WebSocketConstructor;
  /** Every socket that was ever opened, oldest first. */
  readonly sockets: readonly FakeSocket[];
  /** The youngest socket. @throws when there is none. */
  readonly last: () => FakeSocket;
};

/** A server that does what a test tells it to, and nothing else. */
export function createFakeServer(): FakeServer {
  const sockets: FakeSocket[] = [];
  // A constructor may return another object: so the fake needs no class, and no `this`.
  const WebSocket = function open(url: string, protocols: string[]): WebSocketLike {
    const { client, server } = createPair(url, protocols);
    sockets.push(server);
    return client;
  } as unknown as WebSocketConstructor;
  return {
    WebSocket,
    sockets,
    last() {
      const socket = sockets.at(-1);
      if (socket === undefined) throw new Error("no socket was opened");
      return socket;
    },
  };
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

function createPair(url: string, protocols: readonly string[]): { client: WebSocketLike; server: FakeSocket } {
  const received: ClientFrame[] = [];
  const onMessage = new Set<(event: { readonly data: unknown }) => void>();
  const onClose = new Set<(event: { readonly code: number }) => void>();
  let readyState = CONNECTING;
  const client: WebSocketLike = {
    get readyState() {
      return readyState;
    },
    addEventListener(
      ...[type, listener]:
        | [type: "message", listener: (event: { readonly data: unknown }) => void]
        | [type: "close", listener: (event: { readonly code: number }) => void]
    ) {
      if (type === "message") onMessage.add(listener);
      else onClose.add(listener);
    },
    send(data) {
      received.push(ClientFrame.parse(JSON.parse(data)));
    },
    close() {
      readyState = CLOSED;
    },
  };
  const server: FakeSocket = {
    url,
    protocols,
    received,
    isOpen: () => readyState === OPEN,
    accept() {
      if (readyState === CONNECTING) readyState = OPEN;
    },
    ready(seq, audiences) {
      server.accept();
      server.say({ type: "READY", seq, audiences, heartbeat_ms: HEARTBEAT_MS });
    },
    say: (frame) => server.sayText(JSON.stringify(frame)),
    sayText(data) {
      if (readyState === OPEN) for (const listener of onMessage) listener({ data });
    },
    end(code) {
      if (readyState === CLOSED) return;
      readyState = CLOSED;
      for (const listener of onClose) listener({ code });
    },
  };
  return { client, server };
}
