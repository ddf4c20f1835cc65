/** One thing that a client may do, right or wrong, and all that the server says to it. */
export type ConformanceCase = {
  /** With the section of RFC 6455 in front. Says so where Bun is more lenient than the RFC. */
  readonly name: string;
  /** Written one after the other, each in a write of its own. */
  readonly sends: readonly Uint8Array[];
  /** The server's words in order. When the last is no CLOSE, the connection must still be of use afterwards. */
  readonly expected: readonly string[];
};

/** The answer to a message that arrived whole and well-formed, but whose type is not known: see `probe`. */
export const TAKEN = "ERROR UNKNOWN_TYPE";
/** The answer to a message that is none of the protocol's, the first two times. */
export const MALFORMED = "ERROR MALFORMED";
