import { type ConformanceCase, TAKEN } from "../ConformanceCase.ts";
import { continuation, text } from "../frame.ts";
import { bytesOf } from "../rawSocket.ts";

const open = { fin: false };
const refused = ["CLOSE 1007"];

/** A probe with these bytes in a string of it. */
function probeWith(...bytes: number[]): Buffer {
  return Buffer.concat([Buffer.from('{"type":"PROBE","x":"'), Uint8Array.from(bytes), Buffer.from('"}')]);
}

const MANY = Buffer.from('{"type":"PROBE","x":"atún ñandú κόσμε 魚市場 🐟👩‍🚀"}');

const valid: readonly ConformanceCase[] = [
  { name: "8.1 letters of one to four bytes are taken", sends: [text(MANY)], expected: [TAKEN] },
  {
    name: "8.1 so are they with a fragment for each byte",
    sends: [
      ...bytesOf(MANY).map((byte, index) => (index === 0 ? text(byte, open) : continuation(byte, open))),
      continuation(""),
    ],
    expected: [TAKEN],
  },
  {
    name: "8.1 the last code point U+10FFFF is taken",
    sends: [text(probeWith(0xf4, 0x8f, 0xbf, 0xbf))],
    expected: [TAKEN],
  },
  { name: "8.1 the noncharacter U+FFFF is taken", sends: [text(probeWith(0xef, 0xbf, 0xbf))], expected: [TAKEN] },
];

const BAD: readonly (readonly [string, readonly number[]])[] = [
  ["a continuation byte alone", [0x80]],
  ["a byte that UTF-8 never has", [0xff]],
  ["a two-byte letter cut short", [0xc3]],
  ["a four-byte letter cut short", [0xf0, 0x9f, 0x90]],
  ["an overlong solidus in two bytes", [0xc0, 0xaf]],
  ["an overlong solidus in three bytes", [0xe0, 0x80, 0xaf]],
  ["an overlong solidus in four bytes", [0xf0, 0x80, 0x80, 0xaf]],
  ["a surrogate half", [0xed, 0xa0, 0x80]],
  ["a pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xb0, 0x9f]],
  ["a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["a letter of five bytes", [0xf8, 0x88, 0x80, 0x80, 0x80]],
];

const invalid: readonly ConformanceCase[] = [
  ...BAD.map(([what, bytes]) => ({
    name: `8.1 ${what} is refused`,
    sends: [text(probeWith(...bytes))],
    expected: refused,
  })),
  {
    name: "8.1 a text that ends within a letter is refused",
    sends: [text(MANY.subarray(0, MANY.indexOf(0xc3) + 1))],
    expected: refused,
  },
  {
    name: "8.1 a surrogate split over two fragments is refused",
    sends: [text(probeWith(0xed).subarray(0, 22), open), continuation(Uint8Array.of(0xa0, 0x80))],
    expected: refused,
  },
  {
    name: "8.1 a letter cut off by the message's last, empty fragment is refused",
    sends: [text(MANY.subarray(0, MANY.indexOf(0xc3) + 1), open), continuation("")],
    expected: refused,
  },
];

export const utf8 = [...valid, ...invalid];
