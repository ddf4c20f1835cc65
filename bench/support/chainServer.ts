import { type Broker, memoryBroker, redisBroker } from "@espigon/event_feed";
import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { RestConfig, startRestService } from "@espigon/rest_service";
import { createLogger } from "@espigon/service_kit";
import { answerParent } from "./child.ts";
import { epochNow } from "./epochNow.ts";
import { JWT_SECRET } from "./principals.ts";

/** rest_service and realtime_service in one process; arguments: the database, and Redis when there is one. */
const [databaseUrl, redisUrl] = process.argv.slice(2);
const publishedAt: [seq: number, at: number][] = [];

/** The same broker, noting when the append of each seq was over. */
function noting(broker: Broker): Broker {
  return {
    ...broker,
    async append(entries) {
      const last = await broker.append(entries);
      const at = epochNow();
      for (const { seq } of entries) publishedAt.push([seq, at]);
      return last;
    },
  };
}

const broker = noting(redisUrl ? redisBroker({ url: redisUrl }) : memoryBroker());
const logger = createLogger("bench", "silent");
const rest = await startRestService(
  RestConfig.parse({ PORT: "0", HOST: "127.0.0.1", JWT_SECRET, DATABASE_URL: databaseUrl }),
  { broker, logger },
);
const realtime = await startRealtimeService(
  RealtimeConfig.parse({
    PORT: "0",
    JWT_SECRET,
    MAX_SOCKETS_PER_USER: 100_000,
    MAX_SOCKETS_PER_ADDRESS: 100_000,
    CONNECTS_PER_SECOND: 100_000,
  }),
  { broker, logger },
);

answerParent({
  urls: () => ({ rest: rest.url, sockets: `${realtime.url.replace("http", "ws")}/ws` }),
  published: () => publishedAt,
});
