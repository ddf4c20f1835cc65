import { afterAll, beforeAll, expect, test } from "bun:test";
import fc from "fast-check";
import { ADMIN_CLIENTS, ADMIN_DASHBOARD, ADMIN_SALES, BEST_PRODUCTS, SELLER_DASHBOARD } from "./documents.ts";
import { type GraphqlAnswer, type Report, startReport, type Viewer } from "./startReport.ts";

/** Nonsense is refused by one of these; INTERNAL and UNAVAILABLE would mean that it got further than it should. */
const TYPED_REFUSALS = new Set([
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "BAD_REQUEST",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "REQUEST_ENTITY_TOO_LARGE",
]);

let report: Report;
beforeAll(async () => {
  report = await startReport({ NODE_ENV: "production" });
});
afterAll(() => report.close());

/** Hundreds of requests take a second, and many times that beside other tests. */
const SLOW_MACHINE_MS = 30_000;

function expectAnswerOrRefusal({ status, errors, data, headers }: GraphqlAnswer): void {
  expect(status).toBeLessThan(500);
  expect(headers.get("content-type")).toContain("json");
  if (errors === undefined) expect(data).toBeDefined();
  for (const { extensions } of errors ?? []) expect(TYPED_REFUSALS).toContain(extensions["code"] as string);
}

const viewer = fc.constantFrom<Viewer[]>("admin", "seller 1", "client");
const nonsense = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown[]>(null, "", "1", "-1", 0, 1e308, "2026-11-24", "2026-02-30", "__proto__", "\u0000", [], {}),
);
const plausible = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown[]>(
      "2026-11-01",
      "2026-11-24",
      "TODAY",
      "LAST_90_DAYS",
      "DAY",
      "MONTH",
      "1",
      "2",
      10,
      50,
    ),
  },
  { weight: 1, arbitrary: nonsense },
);
const period = fc.oneof(
  nonsense,
  fc.record({ preset: plausible, from: plausible, to: plausible }, { requiredKeys: [] }),
);

test(
  "whatever the variables, there is an answer or a typed refusal",
  async () => {
    const variables = fc.oneof(
      nonsense,
      fc.record({ sellerId: plausible, period, limit: plausible, granularity: plausible }, { requiredKeys: [] }),
    );
    const document = fc.constantFrom(SELLER_DASHBOARD, BEST_PRODUCTS, ADMIN_DASHBOARD, ADMIN_SALES, ADMIN_CLIENTS);
    await fc.assert(
      fc.asyncProperty(document, variables, viewer, async (query, given, as) => {
        expectAnswerOrRefusal(await report.query(query, { as, variables: given }));
      }),
      { numRuns: 150 },
    );
  },
  SLOW_MACHINE_MS,
);

const name = fc.constantFrom(
  "adminSales",
  "sellerDashboardStats",
  "asOf",
  "period",
  "points",
  "nope",
  "__typename",
  "__schema",
  "A",
);
const literal = fc.constantFrom(
  "1",
  "-1",
  "null",
  '"2026-11-24"',
  "TODAY",
  "{preset: TODAY}",
  "{from: 1}",
  "[1]",
  "$v",
  "1e400",
  '"\\ud800"',
);
const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
  selections: fc
    .array(tie("selection"), { minLength: 1, maxLength: 4, depthIdentifier: "selections" })
    .map((all) => `{ ${all.join(" ")} }`),
  selection: fc.oneof(
    { maxDepth: 5, depthIdentifier: "selections" },
    name,
    fc.tuple(name, name).map(([alias, field]) => `${alias}: ${field}`),
    fc.tuple(name, literal, tie("selections")).map(([field, value, inner]) => `${field}(period: ${value}) ${inner}`),
    fc.tuple(name, tie("selections")).map(([field, inner]) => `${field} ${inner}`),
    tie("selections").map((inner) => `... on Query ${inner}`),
    fc.constant("...A"),
    name.map((field) => `${field} @include(if: $v)`),
  ),
}));
const document = fc.oneof(
  selections,
  selections.map((inner) => `query Q($v: Boolean) ${inner} fragment A on Query ${inner}`),
  selections.map((inner) => `subscription ${inner}`),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(..."{}()[]:!$@.\"'# \n&|=aA0".split("")), maxLength: 200 }),
);

test(
  "whatever the document, there is an answer or a typed refusal",
  async () => {
    await fc.assert(
      fc.asyncProperty(document, viewer, async (query, as) => {
        expectAnswerOrRefusal(await report.query(query, { as }));
      }),
      { numRuns: 200 },
    );
  },
  SLOW_MACHINE_MS,
);

test(
  "whatever the body, there is an answer or a typed refusal",
  async () => {
    const body = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.uint8Array({ maxLength: 60 }),
      fc
        .record(
          { query: nonsense, variables: nonsense, operationName: nonsense, extensions: nonsense },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (content) => expectAnswerOrRefusal(await report.post(content))),
      { numRuns: 100 },
    );
  },
  SLOW_MACHINE_MS,
);

test(
  "whatever the headers of a request, there is an answer or a typed refusal",
  async () => {
    const value = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 60,
    });
    const headers = fc.record(
      {
        authorization: fc.oneof(
          value,
          value.map((text) => `Bearer ${text}`),
        ),
        "x-min-seq": fc.oneof(value, fc.constant("0")),
        "x-request-id": value,
        origin: value,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(headers, async (given) =>
        expectAnswerOrRefusal(await report.query(ADMIN_SALES, { headers: given })),
      ),
      { numRuns: 200 },
    );
  },
  SLOW_MACHINE_MS,
);
