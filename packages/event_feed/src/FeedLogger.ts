/** What this package needs of a logger; pino's fits. */
export type FeedLogger = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
};
