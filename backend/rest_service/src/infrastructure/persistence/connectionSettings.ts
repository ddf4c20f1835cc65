import pg, { type ClientConfig } from "pg";

export type ConnectionOptions = {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** The longest that a statement may run, in ms; 0 for no limit. */
  readonly statementTimeoutMs: number;
  /** Further server settings of the session, such as `idle_session_timeout`. */
  readonly session?: Readonly<Record<string, string | number>>;
};

const CONNECT_TIMEOUT_MS = 5_000;
/** How much longer than the server's own limit a client waits for an answer, in case the server went silent. */
const SILENCE_MARGIN_MS = 5_000;

const SESSION = {
  TimeZone: "UTC",
  idle_in_transaction_session_timeout: 10_000,
  // A peer that is gone without a word is noticed by the server within some 15 s, and its locks are freed.
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 3,
  tcp_keepalives_count: 3,
};

/**
 * How every connection to PostgreSQL is made. Values come back as: bigint → number (an unsafe one throws), date →
 * `YYYY-MM-DD`, timestamptz → Date (milliseconds), jsonb → parsed, numeric → string.
 */
export function connectionSettings(options: ConnectionOptions): ClientConfig {
  const session = { ...SESSION, ...options.session };
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    options: Object.entries(session)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    ...(options.statementTimeoutMs > 0
      ? {
          statement_timeout: options.statementTimeoutMs,
          query_timeout: options.statementTimeoutMs + SILENCE_MARGIN_MS,
        }
      : {}),
    types: { getTypeParser },
  };
}

type TypeParser = (text: string) => unknown;

const OWN_PARSERS: ReadonlyMap<number, TypeParser> = new Map<number, TypeParser>([
  [pg.types.builtins.INT8, safeInteger],
  [pg.types.builtins.DATE, String],
]);

const getTypeParser = ((oid: Parameters<typeof pg.types.getTypeParser>[0], format?: "text" | "binary") =>
  OWN_PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
  return value;
}
