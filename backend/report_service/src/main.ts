import { redisBroker, redisPlace } from "@espigon/event_feed";
import { createLogger, parseConfig, runService } from "@espigon/service_kit";
import { ReportConfig } from "./config.ts";
import { startReportService } from "./startReportService.ts";

await runService("report_service", async () => {
  const config = parseConfig(ReportConfig, process.env);
  const logger = createLogger("report_service", config.LOG_LEVEL);
  const broker = redisBroker({ ...redisPlace(config), logger });
  try {
    const service = await startReportService(config, { broker, logger });
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
