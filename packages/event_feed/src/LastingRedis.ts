import { Redis, type RedisOptions } from "ioredis";

/**
 * A connection that ends by `disconnect()` only (so not by `quit()`). ioredis gives one up for good when it has to
 * reconnect while it asks the sentinels for the master: because its failover detector hears of another one just then,
 * because a demoted master answers READONLY, or because we say so.
 */
export class LastingRedis extends Redis {
  /** Where the sentinels say that the master is. */
  announced: string | undefined;
  #over = false;

  constructor(options: RedisOptions & { readonly replyMapping?: "legacy" }, url?: string) {
    if (url === undefined) super(options);
    else super(url, options);
    this.on("end", () => {
      if (!this.#over) this.connect().catch(() => {});
    });
  }

  override disconnect(reconnect = false): void {
    if (!reconnect) this.#over = true;
    super.disconnect(reconnect);
  }
}
