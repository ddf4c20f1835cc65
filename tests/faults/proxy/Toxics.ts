/** What is done to the bytes of one direction. Absent: nothing. */
export type Toxics = {
  /** Every byte arrives at least this much later, in milliseconds, and up to `jitterMs` more; never out of order. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  readonly bytesPerSecond?: number;
  /** Nothing arrives, not even the news of an end; what was sent arrives when it is over, as after a partition. */
  readonly blackHole?: boolean;
  /** Bytes arrive in pieces of at most so many. */
  readonly sliceBytes?: number;
  /** After so many more bytes of one connection both of its ends are reset. */
  readonly limitBytes?: number;
};

/** `upstream`: from who has connected to who was meant; `downstream`: back. */
export type Direction = "upstream" | "downstream";
