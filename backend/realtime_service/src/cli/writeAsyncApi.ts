import { asyncApiDocument } from "../asyncapi/asyncApiDocument.ts";

/** Writes `docs/asyncapi.yaml` anew: `bun backend/realtime_service/src/cli/writeAsyncApi.ts`. */
await Bun.write(new URL("../../../../docs/asyncapi.yaml", import.meta.url), asyncApiDocument());
