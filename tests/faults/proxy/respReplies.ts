const CR = 13;
const LF = 10;

/**
 * How many bytes the first whole reply takes; undefined when it is not all there. RESP2 and RESP3, as far as Redis
 * sends them to our services.
 */
export function replyLength(bytes: Buffer, start = 0): number | undefined {
  const lineEnd = endOfLine(bytes, start);
  if (lineEnd === undefined) return undefined;
  const kind = String.fromCharCode(bytes[start] ?? 0);
  const count = Number(bytes.toString("latin1", start + 1, lineEnd - 2));
  switch (kind) {
    case "$":
    case "=":
    case "!": {
      const end = count < 0 ? lineEnd : lineEnd + count + 2;
      return end <= bytes.length ? end - start : undefined;
    }
    case "*":
    case ">":
    case "~":
    case "%":
    case "|": {
      const parts = Math.max(0, count) * (kind === "%" || kind === "|" ? 2 : 1);
      let at = lineEnd;
      for (let index = 0; index < parts; index += 1) {
        const length = replyLength(bytes, at);
        if (length === undefined) return undefined;
        at += length;
      }
      return at - start;
    }
    default:
      return lineEnd - start;
  }
}

/** Whether a whole reply brings a published message. */
export function isMessage(reply: Buffer): boolean {
  return /^[*>]\d+\r\n\$\d+\r\np?message\r\n/.test(reply.toString("latin1", 0, 40));
}

/** Where the line that begins at `start` ends, its CRLF included. */
function endOfLine(bytes: Buffer, start: number): number | undefined {
  const at = bytes.indexOf(CR, start);
  return at < 0 || bytes[at + 1] !== LF ? undefined : at + 2;
}
