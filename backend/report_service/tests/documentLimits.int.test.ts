import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { SELLER_DASHBOARD } from "./documents.ts";
import { type Report, startReport } from "./startReport.ts";

let report: Report;
beforeAll(async () => {
  report = await startReport({ NODE_ENV: "production" });
});
afterAll(() => report.close());
beforeEach(() => {
  report.rest.reads.length = 0;
});

describe("a document past a limit is refused before anything is read", () => {
  const nested = (depth: number) =>
    `{ __type(name: "Query") ${"{ fields { type ".repeat(depth)}{ name }${" } }".repeat(depth)} }`;
  const field = "adminSales { asOf }";
  test.each([
    ["depth", nested(8)],
    ["aliases", `{ ${Array.from({ length: 11 }, (_, index) => `a${index}: ${field}`).join(" ")} }`],
    [
      "aliases behind fragments",
      `{ ...F } fragment F on Query { ${Array.from({ length: 11 }, (_, index) => `a${index}: ${field}`).join(" ")} }`,
    ],
    ["directives", `{ adminSales { asOf ${"@skip(if: false) ".repeat(21)} } }`],
    ["tokens", `{ adminSales { ${"asOf ".repeat(1000)} } }`],
    ["cost", `{ adminSales { ${"points { start orders netSales } ".repeat(110)} } }`],
    ["a cycle of fragments", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"],
    ["no document", "{"],
    ["an unknown field", "{ adminSale { asOf } }"],
  ])("%s", async (_limit, document) => {
    const answer = await report.query(document, { as: "admin" });
    expect(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"]).toContain(answer.code as string);
    expect(answer.text).not.toContain('adminSales"?');
    expect(report.rest.reads).toHaveLength(0);
  });

  test("all that the schema has to offer in one document is not past any", async () => {
    const { errors } = await report.query(
      `{ a: ${SELLER_DASHBOARD.slice(SELLER_DASHBOARD.indexOf("sellerDashboardStats")).replace("$sellerId", '"1"').replace("$period", "null")}`,
      { as: "admin" },
    );
    expect(errors).toBeUndefined();
  });
});
