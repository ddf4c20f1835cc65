/** A running service, alone in its process or one of several in `standalone`. */
export type Service = {
  /** Where it listens, without a trailing slash: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Stops accepting, finishes what is under way, closes connections. Idempotent; ends within 10 s. */
  stop(): Promise<void>;
};
