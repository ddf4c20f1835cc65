import { redisBroker } from "@espigon/event_feed";
import { createLogger, parseConfig, runService } from "@espigon/service_kit";
import { RestConfig } from "./config.ts";
import { startRestService } from "./startRestService.ts";

await runService("rest_service", async () => {
  const config = parseConfig(RestConfig, process.env);
  const logger = createLogger("rest_service", config.LOG_LEVEL);
  const broker = redisBroker({
    url: config.REDIS_URL,
    window: config.EVENTS_WINDOW,
    logger,
    ...(config.REDIS_PASSWORD === undefined ? {} : { password: config.REDIS_PASSWORD }),
  });
  try {
    const service = await startRestService(config, { broker, logger });
    return {
      url: service.url,
      async stop() {
        await service.stop();
        await broker.close();
      },
    };
  } catch (error) {
    await broker.close();
    throw error;
  }
});
