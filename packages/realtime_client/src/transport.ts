import { BEARER_PREFIX, type ClientFrame, SUBPROTOCOL } from "@espigon/event_contracts";

type Listen = {
  (type: "message", listener: (event: { readonly data: unknown }) => void): void;
  (type: "close", listener: (event: { readonly code: number }) => void): void;
};

/** The part of the standard WebSocket that is used here. */
export type WebSocketLike = {
  readonly readyState: number;
  readonly addEventListener: Listen;
  readonly send: (data: string) => void;
  readonly close: (code?: number, reason?: string) => void;
};
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

export type TransportListener = {
  readonly onText: (text: string) => void;
  /** Once, and nothing after it. 1006 when the socket was cut or the upgrade refused: a browser tells no more. */
  readonly onEnd: (code: number) => void;
  /** What was to be sent can only be said to the next connection. */
  readonly onUnsayable: () => void;
};

export type Transport = {
  /** Dropped unless the socket is open. */
  readonly send: (frame: ClientFrame) => void;
  /** Ends the socket without a word to the listener. */
  readonly close: () => void;
};

const OPEN = 1;

/** Opens one socket, the token in the second subprotocol: never in the URL, which gets logged. */
export function openTransport(
  WebSocket: WebSocketConstructor,
  url: string,
  token: string,
  listener: TransportListener,
): Transport {
  let ended = false;
  let socket: WebSocketLike;
  try {
    socket = new WebSocket(url, [SUBPROTOCOL, BEARER_PREFIX + token]);
  } catch {
    // Some pages may make none at all: as if it had been refused.
    queueMicrotask(() => void (ended || listener.onEnd(1006)));
    return {
      send: () => {},
      close() {
        ended = true;
      },
    };
  }
  socket.addEventListener("message", ({ data }) => {
    if (!ended && typeof data === "string") listener.onText(data);
  });
  socket.addEventListener("close", ({ code }) => {
    if (ended) return;
    ended = true;
    listener.onEnd(code);
  });
  return {
    send(frame) {
      if (socket.readyState === OPEN) socket.send(JSON.stringify(frame));
    },
    close() {
      ended = true;
      socket.close(1000);
    },
  };
}
