import { Opcode } from "./frame.ts";

export type ServerFrame = { readonly opcode: number; readonly payload: Buffer };

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Takes what a server sends, in any pieces, and gives its frames. Throws where the server itself breaks RFC 6455: a
 * masked or fragmented frame, a reserved bit (no extension was agreed on), a length in more bytes than it needs, a
 * control frame over 125 bytes, a close of one byte, or text or a reason that is not UTF-8.
 */
export function createFrameReader(): (chunk: Uint8Array) => readonly ServerFrame[] {
  let waiting = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    const frames: ServerFrame[] = [];
    for (let next = readFrame(waiting); next !== undefined; next = readFrame(waiting)) {
      frames.push(next.frame);
      waiting = waiting.subarray(next.size);
    }
    return frames;
  };
}

function readFrame(bytes: Buffer): { frame: ServerFrame; size: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  if ((second & 0x80) !== 0) throw new Error("the server masked a frame");
  if ((first & 0x70) !== 0) throw new Error("the server set a reserved bit");
  if ((first & 0x80) === 0) throw new Error("the server sent a fragment");
  const opcode = first & 0x0f;
  const start = { 126: 4, 127: 10 }[second] ?? 2;
  if (bytes.length < start) return undefined;
  const length = lengthOf(bytes, second);
  if (opcode >= Opcode.CLOSE && length > 125) throw new Error("the server sent a long control frame");
  const size = start + length;
  if (bytes.length < size) return undefined;
  const payload = bytes.subarray(start, size);
  if (opcode === Opcode.CLOSE && length === 1) throw new Error("the server sent a close of one byte");
  if (opcode === Opcode.TEXT) UTF8.decode(payload);
  if (opcode === Opcode.CLOSE) UTF8.decode(payload.subarray(2));
  return { frame: { opcode, payload }, size };
}

function lengthOf(bytes: Buffer, second: number): number {
  if (second < 126) return second;
  const length = second === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (length < (second === 126 ? 126 : 65_536)) throw new Error("the server wrote a length in too many bytes");
  return length;
}
