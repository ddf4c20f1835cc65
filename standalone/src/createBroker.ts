import { type Broker, memoryBroker, redisAddress, redisBroker } from "@espigon/event_feed";
import { StartFault } from "./StartFault.ts";

/**
 * The broker of all services: in this process's memory, or the Redis of `url`.
 * @throws StartFault when the address is none, or when that Redis does not answer.
 */
export async function createBroker(url: string | undefined): Promise<Broker> {
  if (url === undefined) return memoryBroker();
  try {
    redisAddress(url);
  } catch (error) {
    throw new StartFault(`REDIS_URL ${error instanceof Error ? error.message : "is no address"}`, { cause: error });
  }
  const broker = redisBroker({ url });
  try {
    await broker.lastSeq();
    return broker;
  } catch (error) {
    await broker.close();
    throw new StartFault(`REDIS_URL does not work (${hostsOf(url)}): no answer`, { cause: error });
  }
}

function hostsOf(url: string): string {
  return /^[^/]*\/\/(?:[^@/]*@)?([^/?]*)/.exec(url)?.[1] ?? "";
}
