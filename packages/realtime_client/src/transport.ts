import { BEARER_PREFIX, type ClientFrame, SUBPROTOCOL } from "@espigon/event_contracts";

/** The part of the standard WebSocket that is used here. */
export type WebSocketLike = {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
};
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

export type TransportListener = {
  onText(text: string): void;
  /** Once, and nothing after it. 1006 when the socket was cut or the upgrade refused: a browser tells no more. */
  onEnd(code: number): void;
};

export type Transport = {
  /** Dropped unless the socket is open. */
  send(frame: ClientFrame): void;
  /** Ends the socket without a word to the listener. */
  close(): void;
};

const OPEN = 1;

/** Opens one socket, the token in the second subprotocol: never in the URL, which gets logged. */
export function openTransport(
  WebSocket: WebSocketConstructor,
  url: string,
  token: string,
  listener: TransportListener,
): Transport {
  const socket = new WebSocket(url, [SUBPROTOCOL, BEARER_PREFIX + token]);
  const detach = () => {
    socket.onmessage = null;
    socket.onclose = null;
  };
  socket.onerror = () => {};
  socket.onmessage = (event: { data: unknown }) => {
    if (typeof event.data === "string") listener.onText(event.data);
  };
  socket.onclose = (event: { code: number }) => {
    detach();
    listener.onEnd(event.code);
  };
  return {
    send(frame) {
      if (socket.readyState === OPEN) socket.send(JSON.stringify(frame));
    },
    close() {
      detach();
      socket.close(1000);
    },
  };
}
