import { type ConformanceCase, MALFORMED } from "../ConformanceCase.ts";
import { close, frame, Opcode, ping, probe, text } from "../frame.ts";

const VALID = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
const INVALID = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

export const closing: readonly ConformanceCase[] = [
  { name: "5.5.1 a close without a code is answered by one", sends: [frame(Opcode.CLOSE)], expected: ["CLOSE"] },
  {
    name: "5.5.1 a close with code and reason is answered by its code",
    sends: [close(1000, "adiós, pescadería")],
    expected: ["CLOSE 1000"],
  },
  {
    name: "5.5.1 a reason of 123 bytes is the longest",
    sends: [close(1000, "a".repeat(123))],
    expected: ["CLOSE 1000"],
  },
  { name: "5.5 a reason of 124 bytes is refused", sends: [close(1000, "a".repeat(124))], expected: ["CLOSE 1002"] },
  {
    name: "5.5.1 a close of one byte is refused",
    sends: [frame(Opcode.CLOSE, Uint8Array.of(3))],
    expected: ["CLOSE 1002"],
  },
  {
    name: "5.5.1 a reason that is not UTF-8 is refused",
    sends: [close(1000, Uint8Array.of(0xed, 0xa0, 0x80))],
    expected: ["CLOSE 1007"],
  },
  {
    name: "5.5.1 what comes after a close is ignored",
    sends: [Buffer.concat([close(1000), text(probe()), ping("after"), close(1001)])],
    expected: ["CLOSE 1000"],
  },
  {
    name: "7.4.2 our own codes: the third message that is none of the protocol's closes with 4400",
    sends: [text("one"), text("two"), text("three"), text(probe())],
    expected: [MALFORMED, MALFORMED, MALFORMED, "CLOSE 4400"],
  },
  ...VALID.map((code) => ({
    name: `7.4 code ${code} may be sent and is echoed`,
    sends: [close(code)],
    expected: [`CLOSE ${code}`],
  })),
  ...INVALID.map((code) => ({
    name: `7.4 code ${code} may not be sent and is refused`,
    sends: [close(code)],
    expected: ["CLOSE 1002"],
  })),
];
