import { type ConformanceCase, MALFORMED, TAKEN } from "../ConformanceCase.ts";
import { binary, close, continuation, ping, pong, probe, text } from "../frame.ts";
import { bytesOf } from "../rawSocket.ts";

const open = { fin: false };
const [head, tail] = [probe().slice(0, 9), probe().slice(9)];
const refused = ["CLOSE 1002"];

export const fragmentation: readonly ConformanceCase[] = [
  { name: "5.4 a text in two fragments", sends: [text(head, open), continuation(tail)], expected: [TAKEN] },
  {
    name: "5.4 a text in a fragment for each byte",
    sends: [text("", open), ...bytesOf(Buffer.from(probe())).map((byte) => continuation(byte, open)), continuation("")],
    expected: [TAKEN],
  },
  {
    name: "5.4 fragments that arrive byte by byte",
    sends: [...bytesOf(text(head, open)), ...bytesOf(continuation(tail))],
    expected: [TAKEN],
  },
  {
    name: "5.4 fragments in one packet",
    sends: [Buffer.concat([text(head, open), continuation(tail)])],
    expected: [TAKEN],
  },
  {
    name: "5.4 an empty first, middle and last fragment",
    sends: [text("", open), continuation(probe(), open), continuation("", open), continuation("")],
    expected: [TAKEN],
  },
  {
    name: "5.4 a message of empty fragments alone is an empty one",
    sends: [text("", open), continuation("", open), continuation("")],
    expected: [MALFORMED],
  },
  {
    name: "5.4 a binary in two fragments stays binary",
    sends: [binary(head, open), continuation(tail)],
    expected: [MALFORMED],
  },
  {
    name: "5.4 a ping between fragments is answered at once",
    sends: [text(head, open), ping("between"), continuation(tail)],
    expected: ["PONG between", TAKEN],
  },
  {
    name: "5.4 a pong between fragments is let pass",
    sends: [text(head, open), pong("between"), continuation(tail)],
    expected: [TAKEN],
  },
  {
    name: "5.4 a close between fragments closes, and the half message is forgotten",
    sends: [text(head, open), close(1000), continuation(tail)],
    expected: ["CLOSE 1000"],
  },
  {
    name: "5.4 two fragmented messages one after the other do not mix",
    sends: [text(head, open), continuation(tail), text(head, open), continuation(tail)],
    expected: [TAKEN, TAKEN],
  },
  { name: "5.4 a continuation of nothing is refused", sends: [continuation(probe())], expected: refused },
  { name: "5.4 so is one that is not the last", sends: [continuation("", open)], expected: refused },
  {
    name: "5.4 a continuation of a message that has ended is refused",
    sends: [text(head, open), continuation(tail), continuation(tail)],
    expected: [TAKEN, ...refused],
  },
  {
    name: "5.4 a new text within a fragmented message is refused",
    sends: [text(head, open), text(probe())],
    expected: refused,
  },
  {
    name: "5.4 a new binary within a fragmented text is refused",
    sends: [text(head, open), binary(tail)],
    expected: refused,
  },
  {
    name: "5.2 RSV1 on a continuation is refused",
    sends: [text(head, open), continuation(tail, { rsv: 4 })],
    expected: refused,
  },
  {
    name: "5.1 an unmasked continuation is refused",
    sends: [text(head, open), continuation(tail, { mask: null })],
    expected: refused,
  },
];
