/** The opcodes of RFC 6455, section 5.2. */
export const Opcode = { CONTINUATION: 0x0, TEXT: 0x1, BINARY: 0x2, CLOSE: 0x8, PING: 0x9, PONG: 0xa } as const;

export type FrameOptions = {
  /** Whether it is the last of its message; true by default. */
  readonly fin?: boolean;
  /** The three reserved bits as a number, RSV1 = 4; 0 by default. */
  readonly rsv?: number;
  /** Four bytes, or `null` for the offence of an unmasked frame; the RFC's example by default. */
  readonly mask?: Uint8Array | null;
  /** In how many bits the length stands; the least that hold it by default. */
  readonly lengthBits?: 7 | 16 | 64;
  /** The length that the header tells; the payload's by default. */
  readonly claims?: bigint;
};

type Payload = string | Uint8Array;

const MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** Writes one frame, right or wrong, as a client may send it. */
export function frame(opcode: number, payload: Payload = "", options: FrameOptions = {}): Uint8Array {
  const { fin = true, rsv = 0, mask = MASK } = options;
  const body = typeof payload === "string" ? Buffer.from(payload) : payload;
  const claimed = options.claims ?? BigInt(body.length);
  const bits = options.lengthBits ?? shortestForm(claimed);
  const header = Buffer.alloc(2 + (bits === 7 ? 0 : bits / 8));
  header[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  if (bits === 16) header.writeUInt16BE(Number(claimed), 2);
  if (bits === 64) header.writeBigUInt64BE(claimed, 2);
  header[1] = (mask === null ? 0 : 0x80) | { 7: Number(claimed), 16: 126, 64: 127 }[bits];
  if (mask === null) return Buffer.concat([header, body]);
  return Buffer.concat([header, mask, body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

function shortestForm(length: bigint): 7 | 16 | 64 {
  if (length < 126n) return 7;
  return length < 65_536n ? 16 : 64;
}

export const text = (payload: Payload, options?: FrameOptions) => frame(Opcode.TEXT, payload, options);
export const binary = (payload: Payload, options?: FrameOptions) => frame(Opcode.BINARY, payload, options);
export const continuation = (payload: Payload, options?: FrameOptions) => frame(Opcode.CONTINUATION, payload, options);
export const ping = (payload: Payload, options?: FrameOptions) => frame(Opcode.PING, payload, options);
export const pong = (payload: Payload, options?: FrameOptions) => frame(Opcode.PONG, payload, options);

/** A close frame with this code and reason. */
export function close(code: number, reason: Payload = ""): Uint8Array {
  return frame(Opcode.CLOSE, Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), Buffer.from(reason)]));
}

/** A well-formed message of `length` bytes; since its type is not known, it is answered by ERROR UNKNOWN_TYPE. */
export function probe(length = 17): string {
  const [head, tail] = ['{"type":"PROBE"', "}"];
  return head + " ".repeat(length - head.length - tail.length) + tail;
}
