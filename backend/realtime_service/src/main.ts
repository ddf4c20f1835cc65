import { redisBroker } from "@espigon/event_feed";
import { createLogger, parseConfig, runService } from "@espigon/service_kit";
import { redisPlaces } from "./admission/redisPlaces.ts";
import { RealtimeConfig, realtimeRedisPlace } from "./config.ts";
import { type RealtimeDeps, startRealtimeService } from "./startRealtimeService.ts";

await runService("realtime_service", async () => {
  const config = parseConfig(RealtimeConfig, process.env);
  const logger = createLogger("realtime_service", config.LOG_LEVEL);
  const place = realtimeRedisPlace(config);
  const broker = redisBroker({ ...place, logger });
  const openSharedPlaces: RealtimeDeps["openSharedPlaces"] = (held) =>
    redisPlaces({ place, node: crypto.randomUUID(), held, logger });
  const service = await startRealtimeService(config, { broker, logger, openSharedPlaces });
  return {
    url: service.url,
    async stop() {
      await service.stop();
      await broker.close();
    },
  };
});
