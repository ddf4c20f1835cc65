export type { Broker, BrokerListener, LogEntry, Unsubscribe } from "./Broker.ts";
