import { type Broker, memoryBroker, redisBroker } from "@espigon/event_feed";
import { StartFault } from "./StartFault.ts";

/**
 * The broker of all services: in this process's memory, or the Redis of `url`.
 * @throws StartFault when that Redis does not answer.
 */
export async function createBroker(url: string | undefined): Promise<Broker> {
  if (url === undefined) return memoryBroker();
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new StartFault("REDIS_URL is not a Redis address: it looks like redis://host:6379");
  }
  const broker = redisBroker({ url });
  try {
    await broker.lastSeq();
    return broker;
  } catch (error) {
    await broker.close();
    throw new StartFault(`REDIS_URL does not work (${new URL(url).host}): no answer`, { cause: error });
  }
}
