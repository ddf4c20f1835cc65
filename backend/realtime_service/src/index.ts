export { RealtimeConfig, redisAddress } from "./config.ts";
export { type RealtimeDeps, startRealtimeService } from "./startRealtimeService.ts";
