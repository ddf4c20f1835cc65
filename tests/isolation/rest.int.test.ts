import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import openApi from "../../docs/openapi.json";
import { MAY_READ_PRIVATE, PUBLIC_OPERATIONS, REST_MATRIX } from "./restMatrix.ts";
import { CANARY, startWorld, VIEWERS, type World } from "./startWorld.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

test("every operation of the REST interface has a row", () => {
  const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const rows = [...PUBLIC_OPERATIONS, ...Object.keys(REST_MATRIX)];
  expect(
    new Set(operations),
    "an operation is new or gone: say in tests/isolation/restMatrix.ts who gets what from it",
  ).toEqual(new Set(rows));
});

describe.each(Object.entries(REST_MATRIX))("%s", (operation, row) => {
  const method = operation.split(" ")[0] ?? "";

  test.each([...VIEWERS])("answers %s as the matrix says", async (viewer) => {
    const { path, body, key } = await row.ask(world);
    const answer = await world.api(method, path, viewer, body, key);
    expect([viewer, answer.status, answer.status === row.gets[viewer] ? "" : answer.text]).toEqual([
      viewer,
      row.gets[viewer],
      "",
    ]);
    if (!MAY_READ_PRIVATE.includes(viewer)) expect(answer.text).not.toContain(CANARY);
    if (answer.status !== 404 || row.unknown === undefined) return;
    const unknown = await world.api(method, row.unknown, viewer, body, key);
    const { code, title } = answer.body;
    expect([unknown.status, unknown.body["code"], unknown.body["title"]]).toEqual([404, code, title]);
  });
});

test("what everybody may read holds nothing that is private", async () => {
  const order = await world.order();
  const product = await world.product();
  for (const viewer of VIEWERS) {
    for (const path of ["/api/products?limit=100", `/api/products/${product}`]) {
      const answer = await world.api("GET", path, viewer);
      expect([viewer, path, answer.status]).toEqual([viewer, path, 200]);
      for (const secret of [CANARY, "@espigon.test", "Person"]) expect(answer.text).not.toContain(secret);
    }
  }
  const seen = await world.api("GET", `/api/orders/${order}`, "own seller");
  expect(seen.text).toContain(CANARY);
});
