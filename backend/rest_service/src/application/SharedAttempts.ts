export type AttemptWindow = {
  /** Attempts per key and window. */
  readonly limit: number;
  /** A window begins with the first attempt of its key. */
  readonly windowMs: number;
};

/** Counts attempts over all nodes. */
export type SharedAttempts = {
  /**
   * Counts one more of `key`, unless its window is full. Resolves to 0 when it has been counted, and when the count
   * cannot be had in time; else to how many milliseconds are left of the window. Never rejects, and never waits long.
   */
  take(key: string, window: AttemptWindow): Promise<number>;
  /** Takes one back. Never throws and never waits. */
  giveBack(key: string): void;
  close(): void;
};

/** For a node that is alone. */
export const noSharedAttempts: SharedAttempts = {
  take: async () => 0,
  giveBack: () => {},
  close: () => {},
};
