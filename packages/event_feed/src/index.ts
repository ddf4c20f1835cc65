export { LogGapError } from "./newEntries.ts";
export type { Broker, BrokerListener, LogEntry, Unsubscribe } from "./Broker.ts";
export { createFeed, type FeedDeps } from "./createFeed.ts";
export type { Feed, FeedCounters, FeedListener, FeedStatus, Gap } from "./Feed.ts";
export type { FeedLogger } from "./FeedLogger.ts";
export { memoryBroker } from "./memoryBroker.ts";
export { nestsTooDeep } from "./nesting.ts";
export { redisAddress } from "./redisAddress.ts";
export { redisBroker, type RedisBrokerOptions } from "./redisBroker.ts";
