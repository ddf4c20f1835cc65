import { expect, test } from "bun:test";
import { printReportSchema } from "./reportSchema.ts";

const WRITE_IT =
  "docs/schema.graphql is not the schema of the code; write it: bun backend/report_service/src/cli/writeSchema.ts";

test("docs/schema.graphql is the schema that this service serves", async () => {
  const published = await Bun.file(new URL("../../../../docs/schema.graphql", import.meta.url)).text();
  if (published !== printReportSchema()) throw new Error(WRITE_IT);
});

test("every answer says how far it is complete", () => {
  const answers = ["SellerDashboardStats", "BestProducts", "AdminDashboardStats", "SalesSeries", "ClientStats"];
  for (const name of answers) {
    expect(printReportSchema()).toMatch(new RegExp(`type ${name}[^}]*\\n  asOf: String!`));
  }
});
