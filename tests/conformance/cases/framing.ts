import { type ConformanceCase, MALFORMED, TAKEN } from "../ConformanceCase.ts";
import { binary, frame, ping, pong, probe, text } from "../frame.ts";
import { bytesOf } from "../rawSocket.ts";

const LIMIT = 16 * 1024;
const ZEROS = new Uint8Array(4);
const refused = ["CLOSE 1002"];

const lengths: readonly ConformanceCase[] = [
  { name: "5.2 an empty text is a message, though none of the protocol's", sends: [text("")], expected: [MALFORMED] },
  ...[125, 126, 127, 4096, LIMIT].map((length) => ({
    name: `5.2 a text of ${length} bytes arrives whole`,
    sends: [text(probe(length))],
    expected: [TAKEN],
  })),
  {
    name: "5.2 lenient: a length in 16 bits that needs 7 is taken, and read right",
    sends: [text(probe(100), { lengthBits: 16 })],
    expected: [TAKEN],
  },
  {
    name: "5.2 lenient: a length in 64 bits that needs 7 is taken, and read right",
    sends: [text(probe(100), { lengthBits: 64 })],
    expected: [TAKEN],
  },
  {
    name: "5.2 lenient: a length in 64 bits that needs 16 is taken, and read right",
    sends: [text(probe(5000), { lengthBits: 64 })],
    expected: [TAKEN],
  },
  { name: "5.6 a binary message is none of the protocol's", sends: [binary(probe())], expected: [MALFORMED] },
  { name: "5.6 so is an empty one", sends: [binary("")], expected: [MALFORMED] },
];

const masking: readonly ConformanceCase[] = [
  { name: "5.1 an unmasked text is refused", sends: [text(probe(), { mask: null })], expected: refused },
  { name: "5.1 an unmasked ping is refused", sends: [ping("hello", { mask: null })], expected: refused },
  { name: "5.1 an unmasked empty text is refused", sends: [text("", { mask: null })], expected: refused },
  { name: "5.3 a mask of zeros is a mask", sends: [text(probe(), { mask: ZEROS })], expected: [TAKEN] },
];

const reservedBits: readonly ConformanceCase[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv) => ({
    name: `5.2 a text with reserved bits ${rsv.toString(2).padStart(3, "0")} is refused`,
    sends: [text(probe(), { rsv })],
    expected: refused,
  })),
  { name: "5.2 a ping with RSV1 is refused", sends: [ping("hello", { rsv: 4 })], expected: refused },
  { name: "5.2 a close with RSV1 is refused", sends: [frame(0x8, "", { rsv: 4 })], expected: refused },
];

const opcodes: readonly ConformanceCase[] = [0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf].map((opcode) => ({
  name: `5.2 opcode 0x${opcode.toString(16)} is reserved and refused`,
  sends: [frame(opcode, "hello")],
  expected: refused,
}));

const control: readonly ConformanceCase[] = [
  { name: "5.5.2 a ping is answered by its own payload", sends: [ping("hello")], expected: ["PONG hello"] },
  { name: "5.5.2 an empty ping is answered", sends: [ping("")], expected: ["PONG"] },
  {
    name: "5.5.2 a ping of 125 bytes is answered",
    sends: [ping("a".repeat(125))],
    expected: [`PONG ${"a".repeat(125)}`],
  },
  {
    name: "5.5.2 pings are answered in order",
    sends: [ping("one"), ping("two"), ping("three")],
    expected: ["PONG one", "PONG two", "PONG three"],
  },
  { name: "5.5.3 a pong that nobody asked for is let pass", sends: [pong("hello")], expected: [] },
  { name: "5.5 a ping of 126 bytes is refused", sends: [ping("a".repeat(126))], expected: refused },
  { name: "5.5 a pong of 126 bytes is refused", sends: [pong("a".repeat(126))], expected: refused },
  { name: "5.5 a fragmented ping is refused", sends: [ping("hello", { fin: false })], expected: refused },
  { name: "5.5 a fragmented pong is refused", sends: [pong("hello", { fin: false })], expected: refused },
  { name: "5.5 a fragmented close is refused", sends: [frame(0x8, "", { fin: false })], expected: refused },
];

const delivery: readonly ConformanceCase[] = [
  {
    name: "5.4 frames that arrive byte by byte are as good",
    sends: [...bytesOf(text(probe(200))), ...bytesOf(ping("slowly"))],
    expected: [TAKEN, "PONG slowly"],
  },
  {
    name: "5.4 several frames in one packet are all taken, in order",
    sends: [Buffer.concat([text(probe()), ping("a"), text(probe()), ping("b")])],
    expected: [TAKEN, "PONG a", TAKEN, "PONG b"],
  },
  {
    name: "5.4 a packet that ends within the next frame's header is no harm",
    sends: [Buffer.concat([text(probe()), ping("late").subarray(0, 1)]), ping("late").subarray(1)],
    expected: [TAKEN, "PONG late"],
  },
  {
    name: "7.1.7 what follows a refused frame in the same packet is ignored",
    sends: [Buffer.concat([frame(0x3), text(probe()), ping("after")])],
    expected: refused,
  },
];

export const framing = [...lengths, ...masking, ...reservedBits, ...opcodes, ...control, ...delivery];
