import {
  audiencesOf,
  ClientFrame,
  CloseCode,
  FeedMessage,
  type FeedMessageType,
  Notification,
  ServerControlFrame,
} from "@espigon/event_contracts";
import { z } from "zod";
import { EXAMPLE_MESSAGES } from "./exampleMessages.ts";

/** Who says what. A message's name is its speaker and its type: `server.TYPING` is not `client.TYPING`. */
const SAID_BY = {
  server: ServerControlFrame.options,
  notification: Notification.options,
  service: FeedMessage.options.filter((said) => !new Set<unknown>(Notification.options).has(said)),
  client: ClientFrame.options,
} as const;
type Speaker = keyof typeof SAID_BY;
type Said = (typeof SAID_BY)[Speaker][number];

export type AsyncApiMessage = {
  readonly name: string;
  readonly summary?: string;
  /** Who hears it; braces name the field of the message that says whose. */
  readonly "x-audiences"?: readonly string[];
  readonly payload: object;
  readonly examples?: readonly { readonly payload: unknown }[];
};

/** The names of everything that these say. */
export function namesOf(...speakers: readonly Speaker[]): readonly string[] {
  return speakers.flatMap((speaker) =>
    SAID_BY[speaker].flatMap((said: Said) => typesOf(said).map((type) => `${speaker}.${type}`)),
  );
}

/** Every message of the contracts by its name, and the few that have no schema there. */
export function asyncApiMessages(): Readonly<Record<string, AsyncApiMessage>> {
  return {
    ...messagesOf("server"),
    ...messagesOf("notification"),
    ...messagesOf("service"),
    ...messagesOf("client"),
    "stream.close": {
      name: "close",
      summary: "The last event of a stream, `event: close`: what a socket tells with its close frame.",
      payload: {
        type: "object",
        properties: { code: { enum: Object.values(CloseCode) }, reason: { type: "string" } },
        required: ["code", "reason"],
      },
      examples: [{ payload: { code: CloseCode.RESTART, reason: "the node is leaving" } }],
    },
    "room.message": {
      name: "room message",
      summary: "Any JSON: the members of the room get it as the payload of ROOM_MESSAGE.",
      payload: {},
      examples: [{ payload: { text: "hola" } }],
    },
    "log.entry": {
      name: "log entry",
      summary: "Field `e` of the entry `<seq>-0`: everything that this seq tells.",
      payload: { type: "array", items: oneOfMessages(namesOf("notification", "service")) },
    },
  };
}

/** The schema of any one of these messages. */
export function oneOfMessages(names: readonly string[]): object {
  return { oneOf: names.map((name) => ({ $ref: `#/components/messages/${name}/payload` })) };
}

function messagesOf(speaker: Speaker): Record<string, AsyncApiMessage> {
  const examples: Readonly<Record<string, unknown>> = EXAMPLE_MESSAGES;
  return Object.fromEntries(
    SAID_BY[speaker].flatMap((said: Said) =>
      typesOf(said).map((type) => {
        const { description, payload } = shapeOf(said, type);
        const message = {
          name: type,
          ...(description === undefined ? {} : { summary: description }),
          ...(speaker === "notification" || speaker === "service"
            ? { "x-audiences": hearersOf(type as FeedMessageType) }
            : {}),
          payload,
          examples: [{ payload: examples[`${speaker}.${type}`] }],
        };
        return [`${speaker}.${type}`, message];
      }),
    ),
  );
}

function typesOf({ shape: { type } }: Said): readonly string[] {
  return type instanceof z.ZodEnum ? type.options : [...type.values];
}

/** The JSON Schema of one type, as a program may rely on it: fields that it does not know may be there as well. */
function shapeOf(said: Said, type: string): { description: string | undefined; payload: object } {
  const {
    $schema: _,
    description,
    properties,
    ...rest
  } = z.toJSONSchema(said, {
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (zodSchema instanceof z.ZodRecord) delete jsonSchema.propertyNames;
      if (zodSchema !== Notification) return;
      delete jsonSchema.oneOf;
      jsonSchema.$ref = "#/components/schemas/Notification";
    },
  });
  return { description, payload: { ...rest, properties: { ...properties, type: { const: type } } } };
}

function hearersOf(type: FeedMessageType): readonly string[] {
  const anyone = { type, seller_id: "{seller_id}", client_id: "{client_id}", user_id: "{user_id}" };
  return audiencesOf(anyone as unknown as FeedMessage);
}
