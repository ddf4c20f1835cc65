/** After so many sockets in a row that did not come to READY, a stream is tried. */
const FAILURES_BEFORE_SSE = 3;

/** How long a stream is kept before a socket is tried again: doubled with each one that fails beside it, in milliseconds. */
const FIRST_RETURN_MS = 60_000;
const LAST_RETURN_MS = 600_000;

export type TransportKind = "websocket" | "sse";

export type TransportChoice = {
  /** What to try next when there is no connection. */
  readonly next: () => TransportKind;
  /** It ended before it was live. */
  readonly failed: (kind: TransportKind) => void;
  readonly settled: (kind: TransportKind) => void;
  /** When to try a socket beside a stream that works, from now, in milliseconds. */
  readonly returnAfterMs: () => number;
};

/** Sockets first; streams where sockets keep failing, in turns while both fail. No I/O, no clock. */
export function createTransportChoice(hasFallback: boolean): TransportChoice {
  let failures = 0;
  /** Sockets that failed while a stream worked: only these say that the network bears no sockets. */
  let vainReturns = 0;
  let streaming = false;
  let last: TransportKind = "websocket";
  return {
    next() {
      streaming = false;
      last = hasFallback && failures >= FAILURES_BEFORE_SSE && last === "websocket" ? "sse" : "websocket";
      return last;
    },
    failed(kind) {
      if (kind !== "websocket") return;
      failures += 1;
      if (streaming) vainReturns += 1;
    },
    settled(kind) {
      streaming = kind === "sse";
      if (!streaming) failures = vainReturns = 0;
      // A stream that ends after it was live is followed by a stream.
      else last = "websocket";
    },
    returnAfterMs: () => Math.min(LAST_RETURN_MS, FIRST_RETURN_MS * 2 ** vainReturns),
  };
}
