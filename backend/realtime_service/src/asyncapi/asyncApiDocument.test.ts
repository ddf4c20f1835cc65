import { ClientFrame, CloseCode, FeedMessage, ServerControlFrame, ServerFrame } from "@espigon/event_contracts";
import { expect, test } from "bun:test";
import type { z } from "zod";
import { asyncApiDocument } from "./asyncApiDocument.ts";
import { EXAMPLE_MESSAGES } from "./exampleMessages.ts";

const WRITE_IT =
  "docs/asyncapi.yaml is not the document of the code; write it: bun backend/realtime_service/src/cli/writeAsyncApi.ts";

type Reference = { readonly $ref: string };
type Channel = { readonly messages: Record<string, Reference>; readonly "x-close-codes"?: Record<string, unknown> };
const document = Bun.YAML.parse(asyncApiDocument()) as {
  readonly channels: Record<string, Channel>;
  readonly operations: Record<string, { readonly channel: Reference; readonly messages?: readonly Reference[] }>;
  readonly components: {
    readonly messages: Record<string, { readonly name: string; readonly examples?: readonly { payload: unknown }[] }>;
  };
};
const messages = document.components.messages;

test("docs/asyncapi.yaml is the document of the contracts", async () => {
  const published = await Bun.file(new URL("../../../../docs/asyncapi.yaml", import.meta.url)).text();
  if (published !== asyncApiDocument()) throw new Error(WRITE_IT);
});

test("every reference in it leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  expect(references.length).toBeGreaterThan(100);
  const dead = references.filter((path) => {
    let place: unknown = document;
    for (const step of path.split("/")) place = (place as Record<string, unknown> | undefined)?.[step];
    return place === undefined;
  });
  expect(dead).toEqual([]);
});

test("every type that the contracts let be said is a message of the document, with an example", () => {
  const said = (schema: z.ZodType, speakers: string[], type: string) =>
    speakers.some((speaker) => {
      const payload = messages[`${speaker}.${type}`]?.examples?.[0]?.payload;
      return schema.safeParse(payload).success && (payload as { type?: unknown }).type === type;
    });
  const missing = [
    ...typesOf(ServerControlFrame).filter((type) => !said(ServerControlFrame, ["server"], type)),
    ...typesOf(FeedMessage).filter((type) => !said(FeedMessage, ["notification", "service"], type)),
    ...typesOf(ClientFrame).filter((type) => !said(ClientFrame, ["client"], type)),
  ];
  expect(missing).toEqual([]);
  expect(Object.keys(messages)).toEqual(expect.arrayContaining(Object.keys(EXAMPLE_MESSAGES)));
});

test("every message passes somewhere, and what only services hear passes in no frame", () => {
  const passing = new Set(Object.values(document.channels).flatMap((channel) => Object.keys(channel.messages)));
  expect(Object.keys(messages).filter((name) => !passing.has(name))).toEqual([]);

  const heard = (document.operations["tellSocket"]?.messages ?? []).map(({ $ref }) => $ref.split("/").at(-1) ?? "");
  const examples: Readonly<Record<string, unknown>> = EXAMPLE_MESSAGES;
  expect(heard.filter((name) => !ServerFrame.safeParse(examples[name]).success)).toEqual([]);
  expect(heard).not.toContain("service.ACCESS_REVOKED");
  expect(Object.keys(document.channels["sse"]?.messages ?? {})).not.toContain("service.ACCESS_REVOKED");
});

test("every close code is told, with what a client does next", () => {
  const told = Object.keys(document.channels["ws"]?.["x-close-codes"] ?? {});
  expect(new Set(told)).toEqual(new Set(Object.values(CloseCode).map(String)));
});

/** The types of a union, from its JSON Schema: another way than that of the document. */
function typesOf(union: z.ZodType): readonly string[] {
  const { oneOf = [] } = union.toJSONSchema({ io: "input", unrepresentable: "any" });
  return oneOf.flatMap((option) => {
    const { const: only, enum: several } = (option.properties?.["type"] ?? {}) as { const?: string; enum?: string[] };
    return several ?? (only === undefined ? [] : [only]);
  });
}
