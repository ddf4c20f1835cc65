import { redisBroker } from "@espigon/event_feed";
import { createLogger, parseConfig, runService } from "@espigon/service_kit";
import { RealtimeConfig, redisPlace } from "./config.ts";
import { startRealtimeService } from "./startRealtimeService.ts";

await runService("realtime_service", async () => {
  const config = parseConfig(RealtimeConfig, process.env);
  const logger = createLogger("realtime_service", config.LOG_LEVEL);
  const broker = redisBroker({ ...redisPlace(config), logger });
  const service = await startRealtimeService(config, { broker, logger });
  return {
    url: service.url,
    async stop() {
      await service.stop();
      await broker.close();
    },
  };
});
