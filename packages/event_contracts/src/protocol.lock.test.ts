import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { z } from "zod";
import lock from "./protocol.lock.json";
import { ClientFrame, DomainEvent, FeedMessage, Notification, ServerFrame, SUBPROTOCOL } from "./index.ts";

const WIRE = { ClientFrame, DomainEvent, FeedMessage, Notification, ServerFrame };

function hashOf(schema: z.ZodType): string {
  const withoutWords = ({ jsonSchema }: { jsonSchema: { description?: string } }) => delete jsonSchema.description;
  const shape = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: withoutWords }));
  return createHash("sha256").update(shape).digest("hex").slice(0, 16);
}

test("the wire has the shape that protocol.lock.json promises to programs already deployed", () => {
  const actual = {
    protocol: SUBPROTOCOL,
    ...Object.fromEntries(Object.entries(WIRE).map(([name, schema]) => [name, hashOf(schema)])),
  };
  const advice =
    "A frame, event or notification changed shape. If an old program could still read it (a new optional field, a new " +
    "type), copy the new hash into protocol.lock.json; if not, raise SUBPROTOCOL as well. Either way tell docs/protocol.md.";
  expect(actual, advice).toEqual(lock);
});
