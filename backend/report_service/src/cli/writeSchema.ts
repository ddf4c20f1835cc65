import { printReportSchema } from "../schema/reportSchema.ts";

/** Writes `docs/schema.graphql` anew: `bun backend/report_service/src/cli/writeSchema.ts`. */
await Bun.write(new URL("../../../../docs/schema.graphql", import.meta.url), printReportSchema());
