export {
  createTokenVerifier,
  type RoomWish,
  signAccessToken,
  signRoomToken,
  type TokenRefusal,
  type TokenVerdict,
  UNDATED_TOKEN,
  type VerifyAccessToken,
  verifyRoomToken,
} from "./accessToken.ts";
export { type ClientAddress, createClientAddress, EnvProxies } from "./clientAddress.ts";
export { createProcessMetrics } from "./createProcessMetrics.ts";
export { createDrain } from "./createDrain.ts";
export { HARMLESS_HEADERS } from "./harmlessHeaders.ts";
export { createLogger, type Logger } from "./logger.ts";
export { Counter, Gauge, Histogram, Registry } from "./metrics.ts";
export { answerOperations, type OperationsDeps } from "./operations.ts";
export {
  ConfigError,
  EnvDrainDelay,
  EnvFlag,
  EnvList,
  EnvLogLevel,
  EnvMetricsToken,
  EnvOrigins,
  EnvPemFile,
  EnvPort,
  EnvReadableBy,
  JwtSecret,
  parseConfig,
} from "./parseConfig.ts";
export { LOOPBACK, networkOf } from "./networkOf.ts";
export { ProblemError, problemResponse } from "./problem.ts";
export { createRevocations, type Revocations } from "./revocations.ts";
export { runService } from "./runService.ts";
export type { Service } from "./Service.ts";
