export { RealtimeConfig, redisPlace } from "./config.ts";
export { type RealtimeDeps, startRealtimeService } from "./startRealtimeService.ts";
