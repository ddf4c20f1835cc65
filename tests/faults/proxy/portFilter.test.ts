import { expect, test } from "bun:test";
import { portFilter } from "./portFilter.ts";

const told = (text: string, ports: readonly (readonly [number, number])[]) =>
  Buffer.concat([...portFilter(new Map(ports))(Buffer.from(text))]).toString();

test("ports are renamed wherever they are named, and nothing else is", () => {
  const reply = "*2\r\n$9\r\n127.0.0.1\r\n$5\r\n40001\r\n";
  expect(told(reply, [[40_001, 50_001]])).toBe("*2\r\n$9\r\n127.0.0.1\r\n$5\r\n50001\r\n");
  const switched = "espigon 127.0.0.1 40001 127.0.0.1 40002";
  expect(
    told(switched, [
      [40_001, 40_002],
      [40_002, 40_003],
    ]),
  ).toBe("espigon 127.0.0.1 40002 127.0.0.1 40003");
  expect(told("140001 400012", [[40_001, 50_001]])).toBe("140001 400012");
});

test("a port of another length is refused: it would break the reply", () => {
  expect(() => portFilter(new Map([[9_999, 40_001]]))).toThrow("40001");
});
