import {
  afterClose,
  BEARER_PREFIX,
  CATALOG_ROOM,
  CloseCode,
  EVENTS_CHANNEL,
  EVENTS_STREAM,
  MAX_CLIENT_FRAME_BYTES,
  MAX_MESSAGE_BYTES,
  ROOM_CHANNEL_PREFIX,
  SUBPROTOCOL,
} from "@espigon/event_contracts";
import { namesOf } from "./asyncApiMessages.ts";

const HEARD = namesOf("server", "notification");
/** What only follows a frame of the client, and so comes over no stream. */
const ANSWERS = new Set(["server.PRESENCE", "server.AUTHENTICATED", "server.ERROR"]);

/** Where messages pass, and which. */
export const ASYNC_API_CHANNELS = {
  ws: {
    address: "/ws",
    description:
      `A WebSocket of subprotocol \`${SUBPROTOCOL}\`. Each text frame is one JSON message; a client's has at most ` +
      `${MAX_CLIENT_FRAME_BYTES} bytes.`,
    servers: [{ $ref: "#/servers/sockets" }],
    messages: messages([...HEARD, ...namesOf("client")]),
    bindings: {
      ws: {
        method: "GET",
        headers: {
          type: "object",
          properties: {
            "Sec-WebSocket-Protocol": { type: "string", examples: [`${SUBPROTOCOL}, ${BEARER_PREFIX}<access token>`] },
          },
        },
        bindingVersion: "0.1.0",
      },
    },
    "x-close-codes": Object.fromEntries(
      Object.entries(CloseCode).map(([name, code]) => [code, { name, next: afterClose(code) }]),
    ),
  },
  sse: {
    address: "/sse",
    description:
      "The same frames as an event stream, where WebSockets do not get through: each is the `data` of one event, " +
      "with its seq as `id`. `Last-Event-ID` is RESUME.",
    servers: [{ $ref: "#/servers/streams" }],
    messages: messages([...HEARD.filter((name) => !ANSWERS.has(name)), "stream.close"]),
  },
  events: {
    address: EVENTS_CHANNEL,
    description:
      `Redis PUBLISH: one message each, of at most ${MAX_MESSAGE_BYTES} bytes. Anyone may publish without \`seq\`; it is ` +
      "heard on every node, and never resumed. A `seq` that the log does not know is not believed.",
    servers: [{ $ref: "#/servers/redis" }],
    messages: messages(namesOf("notification", "service")),
  },
  room: {
    address: `${ROOM_CHANNEL_PREFIX}{room}`,
    description: "Redis PUBLISH: what anyone wants the members of a room to hear.",
    servers: [{ $ref: "#/servers/redis" }],
    parameters: { room: { description: "A room's name.", examples: ["order-9", CATALOG_ROOM] } },
    messages: messages(["room.message"]),
  },
  log: {
    address: EVENTS_STREAM,
    description: "Redis stream: the numbered log, without gaps, as far back as its window reaches.",
    servers: [{ $ref: "#/servers/redis" }],
    messages: messages(["log.entry"]),
  },
};

/** Who does what on the channels: `send` is what Espigón says, `receive` what it is told. */
export const ASYNC_API_OPERATIONS = {
  tellSocket: operation("send", "ws", "What a socket hears.", { messages: onChannel("ws", HEARD) }),
  hearSocket: operation("receive", "ws", "What a socket may say.", { messages: onChannel("ws", namesOf("client")) }),
  tellStream: operation("send", "sse", "What a stream hears.", {
    bindings: {
      http: {
        method: "GET",
        query: { type: "object", properties: { room: { const: CATALOG_ROOM } } },
        bindingVersion: "0.3.0",
      },
    },
  }),
  tellEvents: operation("send", "events", "The publisher rings: what it says is in the log already."),
  hearEvents: operation("receive", "events", "Every node hears, from the publisher and from anyone else."),
  hearRoom: operation("receive", "room", "Every node hears, and tells the members of the room."),
  appendLog: operation("send", "log", "The publisher appends; `seq` rises by one."),
};

function operation(
  action: "send" | "receive",
  channel: keyof typeof ASYNC_API_CHANNELS,
  summary: string,
  more: object = {},
) {
  return { action, channel: { $ref: `#/channels/${channel}` }, summary, ...more };
}

function messages(names: readonly string[]): Record<string, { readonly $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function onChannel(channel: string, names: readonly string[]): readonly { readonly $ref: string }[] {
  return names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
}
