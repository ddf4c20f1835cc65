import type { ConformanceCase } from "../ConformanceCase.ts";
import { binary, continuation, probe, text } from "../frame.ts";

const LIMIT = 16 * 1024;
const open = { fin: false };
const tooBig = ["CLOSE 1009"];

/** The header alone of a text that claims this length. */
function header(claims: bigint): Uint8Array {
  return text("", { claims, lengthBits: 64 });
}

export const limits: readonly ConformanceCase[] = [
  { name: "7.4.1 one byte over the limit is too big", sends: [text(probe(LIMIT + 1))], expected: tooBig },
  { name: "7.4.1 a text of 65,535 bytes is too big", sends: [text(probe(65_535))], expected: tooBig },
  { name: "7.4.1 a text of 65,536 bytes is too big", sends: [text(probe(65_536))], expected: tooBig },
  { name: "7.4.1 a binary of 1 MB is too big", sends: [binary(new Uint8Array(1_000_000))], expected: tooBig },
  {
    name: "7.4.1 fragments that are too big together, though none is alone",
    sends: [text(probe(LIMIT).slice(0, 9000), open), continuation("x".repeat(9000), open)],
    expected: tooBig,
  },
  { name: "10.4 a header of 4 GB is refused before the body", sends: [header(2n ** 32n)], expected: tooBig },
  { name: "10.4 so is the largest length there is", sends: [header(2n ** 63n - 1n)], expected: tooBig },
  { name: "5.2 so is a length with its highest bit set", sends: [header(2n ** 63n)], expected: tooBig },
  { name: "5.2 and one of ones only", sends: [header(2n ** 64n - 1n)], expected: tooBig },
];
