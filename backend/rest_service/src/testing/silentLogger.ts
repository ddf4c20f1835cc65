import { createLogger } from "@espigon/service_kit";

/** Logs nothing. */
export const silentLogger = createLogger("test", "silent");
