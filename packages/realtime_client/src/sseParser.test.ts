import { expect, test } from "bun:test";
import fc from "fast-check";
import { createSseParser } from "./sseParser.ts";

test("fields, comments and names are read as the standard says", () => {
  const stream =
    ': hello\nretry: 10\n\nid: 3\ndata: {"a":1}\n\nevent: close\ndata:one\ndata: two\n\nevent: x\n\ndata\n\n';
  expect(createSseParser().feed(stream)).toEqual([
    { name: "message", data: '{"a":1}' },
    { name: "close", data: "one\ntwo" },
    { name: "message", data: "" },
  ]);
});

test("wherever a stream is cut, and whatever its line ends, the same events come out", () => {
  const event = fc.record({
    name: fc.constantFrom("message", "close"),
    data: fc.array(fc.stringMatching(/^[^\r\n]*$/), { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(event),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat({ max: 400 })),
      (events, end, cuts) => {
        const lines = events.flatMap(({ name, data }) => [
          `event: ${name}`,
          ...data.map((line) => `data: ${line}`),
          "",
        ]);
        // One more line, since a lone carriage return is only known for a line end when something follows.
        const stream = `${lines.map((line) => line + end).join("")}: end`;
        const parser = createSseParser();
        const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const heard = places.slice(1).flatMap((to, index) => parser.feed(stream.slice(places[index], to)));
        expect(heard).toEqual(events.map(({ name, data }) => ({ name, data: data.join("\n") })));
      },
    ),
  );
});

test("an event without end is given up before it fills the memory", () => {
  const parser = createSseParser();
  expect(() => {
    for (let index = 0; index < 20; index += 1) parser.feed(`data: ${"x".repeat(100_000)}\n`);
  }).toThrow("too long");
});
