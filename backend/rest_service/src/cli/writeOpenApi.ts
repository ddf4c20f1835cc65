import { describeApi } from "../http/describeApi.ts";

/** Writes `docs/openapi.json` anew: `bun backend/rest_service/src/cli/writeOpenApi.ts`. */
await Bun.write(new URL("../../../../docs/openapi.json", import.meta.url), describeApi());
