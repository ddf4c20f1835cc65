import { type Conversation, type ConversationDeps, createConversation } from "./conversation.ts";
import { type Link, type LinkDeps, type LinkFrame, openLink } from "./link.ts";
import type { Rooms } from "./rooms.ts";
import { type FetchStream, openSseTransport } from "./sseTransport.ts";
import { openTransport, type WebSocketConstructor } from "./transport.ts";
import type { TransportKind } from "./transportChoice.ts";

/** One connection, and what is said over it. */
export type Line = { readonly kind: TransportKind; readonly link: Link; readonly conversation: Conversation };

export type LineDeps = Pick<ConversationDeps, "ledger" | "emit" | "onSettled" | "onReconnect"> &
  Pick<LinkDeps, "scheduler" | "signals" | "onOutdated" | "onEnd"> & {
    readonly kind: TransportKind;
    readonly token: string;
    readonly options: {
      readonly url: string;
      readonly fallbackUrl: string | undefined;
      readonly WebSocket: WebSocketConstructor;
      readonly fetch: FetchStream;
    };
    readonly rooms: Rooms;
    /** Before the conversation hears it. */
    readonly onFrame: (frame: LinkFrame) => void;
  };

/** Opens a socket, or an event stream where there is an address for one, and begins the conversation over it. */
export function openLine(deps: LineDeps): Line {
  const { kind, token, ledger, rooms, scheduler } = deps;
  const { url, fallbackUrl, WebSocket, fetch } = deps.options;
  const streamUrl = kind === "sse" ? fallbackUrl : undefined;
  const conversation = createConversation({
    ledger,
    scheduler,
    emit: deps.emit,
    joins: rooms.joins,
    onJoined: rooms.joined,
    onRefused: rooms.refused,
    send: (frame) => link.send(frame),
    onSettled: deps.onSettled,
    onReconnect: deps.onReconnect,
  });
  const link = openLink({
    open: (listener) =>
      streamUrl === undefined
        ? openTransport(WebSocket, url, token, listener)
        : openSseTransport(
            { fetch, url: streamUrl, token, resumeFrom: ledger.resumePoint(), rooms: rooms.names() },
            listener,
          ),
    scheduler,
    signals: deps.signals,
    probe: streamUrl === undefined ? conversation.resume : undefined,
    onOutdated: deps.onOutdated,
    onFrame(frame) {
      deps.onFrame(frame);
      conversation.hear(frame);
    },
    onEnd: deps.onEnd,
  });
  return { kind, link, conversation };
}
