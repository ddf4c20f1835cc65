import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { buildSchema } from "graphql";
import { GRAPHQL_MATRIX } from "./graphqlMatrix.ts";
import { type Answer, startWorld, type Viewer, VIEWERS, type World } from "./startWorld.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

const outcomeOf = ({ body }: Answer): unknown => {
  const errors = body["errors"] as { extensions: { code: string } }[] | undefined;
  return errors === undefined ? "data" : errors[0]?.extensions.code;
};

test("every field of Query has a row", () => {
  const schema = buildSchema(readFileSync(new URL("../../docs/schema.graphql", import.meta.url), "utf8"));
  expect(
    Object.keys(schema.getQueryType()?.getFields() ?? {}).sort(),
    "a field is new or gone: say in tests/isolation/graphqlMatrix.ts who gets what from it",
  ).toEqual(Object.keys(GRAPHQL_MATRIX).sort());
});

const rows = Object.entries(GRAPHQL_MATRIX).flatMap(([field, list]) =>
  list.map((row, index) => [`${field} (${index + 1})`, row] as const),
);
describe.each(rows)("%s", (_name, row) => {
  test.each([...VIEWERS])("answers %s as the matrix says", async (viewer) => {
    const answer = await world.graphql(row.query(world.seller.sellerId), viewer);
    expect([viewer, outcomeOf(answer)]).toEqual([viewer, row.gets[viewer]]);
    if (row.gets[viewer] !== "data") expect(answer.body["data"] ?? null).toBeNull();
  });
});

test("in whatever order they ask, one after the other or at once, each sees its own figures and no other's", async () => {
  await world.order();
  const query = "{ sellerDashboardStats { sellerId orders } }";
  const ownOf: Partial<Record<Viewer, string>> = {
    "own seller": world.seller.sellerId,
    "other seller": world.otherSeller.sellerId,
  };
  const asking = fc.array(fc.constantFrom<Viewer>("own seller", "other seller", "ended session", "own client"), {
    minLength: 2,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(asking, fc.boolean(), async (viewers, atOnce) => {
      const ask = async (viewer: Viewer) => [viewer, await world.graphql(query, viewer)] as const;
      const answers = atOnce ? await Promise.all(viewers.map(ask)) : [];
      if (!atOnce) for (const viewer of viewers) answers.push(await ask(viewer));
      for (const [viewer, { body }] of answers) {
        const data = body["data"] as { sellerDashboardStats: { sellerId: string; orders: number } } | null | undefined;
        expect(data?.sellerDashboardStats.sellerId).toBe(ownOf[viewer] as string);
        if (viewer === "other seller") expect(data?.sellerDashboardStats.orders).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
});
