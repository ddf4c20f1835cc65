/** The first words of a stream: how long an `EventSource` waits before it comes back, in milliseconds. */
export const SSE_GREETING = "retry: 2000\n\n";

/**
 * A frame as a message of an event stream. Its `id` is the frame's seq, from which a client may resume: READY has none,
 * since what was missed before it is not told yet.
 */
export function sseMessage(frame: string): string {
  const { type, seq } = JSON.parse(frame) as { type?: unknown; seq?: unknown };
  const id = typeof seq === "number" && type !== "READY" ? `id: ${seq}\n` : "";
  // Line ends can only stand between the tokens of JSON text, where a space does as well.
  return `${id}data: ${frame.replace(/[\r\n]+/g, " ")}\n\n`;
}

/** What a socket would tell with its close frame. */
export function sseClose(code: number, reason: string): string {
  return `event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`;
}
