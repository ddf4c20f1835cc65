export { RealtimeConfig, realtimeRedisPlace } from "./config.ts";
export { type RealtimeDeps, startRealtimeService } from "./startRealtimeService.ts";
