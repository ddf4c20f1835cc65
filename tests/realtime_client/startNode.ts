import type { Broker } from "@espigon/event_feed";
import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { createLogger, type Service } from "@espigon/service_kit";

export const JWT_SECRET = "a secret for tests, of more than 32 bytes";

/** Starts a node of the realtime service and waits until it is ready. */
export async function startNode(broker: Broker): Promise<Service> {
  const config = RealtimeConfig.parse({ PORT: 0, JWT_SECRET, DRAIN_MS: 400, TOKEN_GRACE_MS: 0 });
  const service = await startRealtimeService(config, { broker, logger: createLogger("test", "silent") });
  await until(async () => (await fetch(`${service.url}/readyz`)).ok);
  return service;
}

/** Waits for a condition, at most 10 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
    await Bun.sleep(5);
  }
}
