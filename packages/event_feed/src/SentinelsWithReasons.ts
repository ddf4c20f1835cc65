import { type Redis, type SentinelConnectionOptions, SentinelConnector } from "ioredis";

type Opens = { connectToSentinel: (...args: readonly unknown[]) => Redis };

/**
 * What finds the master. ioredis says of a sentinel that cannot be talked to no more than that the connection is closed;
 * this says why: nobody listens, a certificate that is not believed. What is wrong with one of many is no fault yet.
 */
export class SentinelsWithReasons extends SentinelConnector {
  #reason: Error | undefined;

  constructor(options: SentinelConnectionOptions) {
    super(options);
    // A private method of ioredis, whose version is pinned: there is no other place where these errors can be heard.
    const inner = this as unknown as Opens;
    const open = inner.connectToSentinel.bind(this);
    inner.connectToSentinel = (...args) => {
      const client = open(...args);
      client.on("error", (error: Error) => (this.#reason = error));
      return client;
    };
  }

  override connect(emit: Parameters<SentinelConnector["connect"]>[0]): ReturnType<SentinelConnector["connect"]> {
    this.#reason = undefined;
    return super.connect((type, error) => {
      const reason = this.#reason;
      emit(type, reason === undefined ? error : new Error(`${error.message} (${reason.message})`, { cause: reason }));
    });
  }
}
