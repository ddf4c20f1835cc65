import { redisBroker, redisPlace } from "@espigon/event_feed";
import { createLogger, parseConfig, runService } from "@espigon/service_kit";
import { RestConfig } from "./config.ts";
import { redisAttempts } from "./infrastructure/redisAttempts.ts";
import { startRestService } from "./startRestService.ts";

await runService("rest_service", async () => {
  const config = parseConfig(RestConfig, process.env);
  const logger = createLogger("rest_service", config.LOG_LEVEL);
  const place = redisPlace(config);
  const broker = redisBroker({ ...place, window: config.EVENTS_WINDOW, logger });
  const attempts = redisAttempts({ place, logger });
  const leaveRedis = async () => {
    attempts.close();
    await broker.close();
  };
  try {
    const service = await startRestService(config, { broker, attempts, logger });
    return {
      url: service.url,
      async stop() {
        await service.stop();
        await leaveRedis();
      },
    };
  } catch (error) {
    await leaveRedis();
    throw error;
  }
});
