/** A value and the seq up to which it is complete. */
export type Versioned<Value> = { readonly asOf: number; readonly value: Value };

export type Demand<Value> = {
  /** Names the value completely: authorization scope, operation and resolved variables. One key, one type. */
  readonly key: string;
  /** The audience whose events make the value stale. */
  readonly audience: string;
  /** The least `asOf` that the reader accepts. */
  readonly floor: number;
  /** Names whose rights those of `read` are. */
  readonly reader: string;
  /** Reads the truth with this reader's own rights. Must end by itself; may be called more than once. */
  readonly read: () => Promise<Versioned<Value>>;
};

/** Where an answer came from: kept from before, another reader's read, or a read of one's own. */
export type AnswerSource = "cache" | "joined" | "read";

export type Answer<Value> =
  | ({ readonly kind: "fresh"; readonly source: AnswerSource } & Versioned<Value>)
  /** The floor was not reached in time; `asOf` is how far the truth had come. */
  | { readonly kind: "stale"; readonly asOf: number };

/**
 * Single-flight with versions. Guarantees: `fresh` means `asOf ≥ floor`; an answer that was read before the demand
 * arrived is used only if it is complete up to every event known of its audience at that moment; at most one read per
 * key is under way; a failed read is kept nowhere. While the log is not followed, the end of a reader's access is not
 * heard either: then each reader has only what was read with its own rights, and at most one read per key and reader.
 */
export interface VersionedCache {
  /** Rejects with the failure of the read. Ends within the wait for the floor plus three reads. */
  get<Value>(demand: Demand<Value>): Promise<Answer<Value>>;
}
