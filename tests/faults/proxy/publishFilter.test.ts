import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Fate, publishFilter } from "./publishFilter.ts";

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
const message = (text: string) => `>3\r\n${bulk("message")}${bulk("events")}${bulk(text)}`;
const reply = (text: string) => `*2\r\n:7\r\n%1\r\n+key\r\n${bulk(text)}`;

/** What comes out when `input` arrives in pieces of these sizes. */
function pass(input: string, fates: readonly Fate[], sizes: readonly number[] = [input.length]): string {
  const left = [...fates];
  const filter = publishFilter(() => left.shift() ?? "pass");
  const bytes = Buffer.from(input);
  let out = "";
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const end = at + (sizes[turn % sizes.length] ?? bytes.length);
    for (const piece of filter(bytes.subarray(at, end))) out += piece.toString();
    at = end;
  }
  return out;
}

describe("the filter of published messages", () => {
  test("changes nothing while all pass, however the bytes are cut", () => {
    const parts = fc.array(fc.oneof(fc.string().map(message), fc.string().map(reply), fc.constant("$-1\r\n")));
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(parts, sizes, (parts, sizes) => pass(parts.join(""), [], sizes) === parts.join("")));
  });

  test("drops, doubles and reorders messages, and no other reply", () => {
    const input = [reply("x"), message("1"), message("2"), message("3"), message("4"), reply("y"), message("5")];
    const out = pass(input.join(""), ["drop", "double", "hold", "hold", "pass"]);
    expect(out).toBe(
      [reply("x"), message("2"), message("2"), reply("y"), message("5"), message("4"), message("3")].join(""),
    );
  });
});
