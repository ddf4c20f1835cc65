/** A live view of something that is read over the network. */
export type Live<Data> = {
  readonly data: Data | undefined;
  /** The last attempt failed; `data` stays. Retried by itself, unless the server refused for good. */
  readonly error: Error | undefined;
  /** The first load only: there is nothing to show yet. */
  readonly loading: boolean;
  /** A newer answer is on its way while `data` is shown. */
  readonly refreshing: boolean;
  /** The seq up to which `data` is complete; null for what carries none. */
  readonly asOf: number | null;
  /** Reads again, however fresh `data` is. */
  readonly refetch: () => void;
};
