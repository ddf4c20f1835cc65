import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createTestApp, type TestApp } from "./testApp.ts";

type Schema = { properties?: Record<string, unknown>; $ref?: string };
type Operation = {
  parameters?: { name: string; in: "path" | "query" | "header" }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Attempt = {
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string | undefined;
  token: number;
};

let rest: TestApp;
let tokens: (string | undefined)[];
beforeAll(async () => {
  rest = await createTestApp();
  const [seller, client, admin] = [await rest.seller(), await rest.client(), await rest.admin()];
  const { id: product_id } = await rest.product(seller);
  await rest.checkout(client, [{ product_id, quantity: 1 }]);
  tokens = [undefined, seller.token, client.token, admin.token];
});
afterAll(() => rest.close());

const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "1e3",
    "99999999999999999999",
    "null",
    "\u0000",
    "'; drop table users; --",
    "{}",
    "[]",
  ),
  fc.constantFrom("2026-02-30", "0000-00-00", "9999-12-31", "%", "../..", "__proto__", "constructor", "\ud800", "🐟"),
);

const nastyValue = fc.oneof(
  nastyText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, -1, 0, 0.5, 1e308, Number.MAX_VALUE, true, [], {}, { __proto__: null }, [[[[]]]]),
);

// Ids of the nonsense begin far beyond the rows that exist, so that nothing can be hit by luck.
const absentId = fc.integer({ min: 1_000_000, max: 2_000_000_000 }).map(String);

function bodyFor(operation: Operation): fc.Arbitrary<string | undefined> {
  if (operation.requestBody === undefined) return fc.constant(undefined);
  const names = Object.keys(propertiesOf(operation.requestBody.content["application/json"]?.schema ?? {}));
  const nearMiss = fc.record(Object.fromEntries(names.map((name) => [name, nastyValue])), { requiredKeys: [] });
  return fc.oneof(
    { weight: 4, arbitrary: nearMiss.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: nastyText },
    {
      weight: 1,
      arbitrary: fc.constantFrom("[".repeat(5_000), `"${"x".repeat(70_000)}"`, '{"__proto__":{"role":"ADMIN"}}'),
    },
  );
}

function propertiesOf(schema: Schema): Record<string, unknown> {
  if (schema.$ref === undefined) return schema.properties ?? {};
  const schemas = rest.app.openApi.components?.schemas as Record<string, Schema>;
  return schemas[schema.$ref.split("/").at(-1) ?? ""]?.properties ?? {};
}

function attemptAt(path: string, operation: Operation): fc.Arbitrary<Attempt> {
  const named = (place: string) =>
    (operation.parameters ?? []).filter((each) => each.in === place).map(({ name }) => name);
  const some = (names: readonly string[], value: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> =>
    names.length === 0
      ? fc.constant({})
      : fc
          .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 2 * names.length })
          .map((pairs) => Object.fromEntries(pairs));
  return fc.record({
    path: fc
      .tuple(...named("path").map(() => fc.oneof(absentId, nastyText)))
      .map((values) =>
        values.reduce((whole, value) => whole.replace(/\{\w+\}/, () => encodeURIComponent(value.toWellFormed())), path),
      ),
    query: fc
      .record({ known: some(named("query"), nastyText), unknown: fc.dictionary(nastyText, nastyText, { maxKeys: 2 }) })
      .map(({ known, unknown }) =>
        new URLSearchParams(
          Object.entries({ ...unknown, ...known }).map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]),
        ).toString(),
      ),
    headers: some(
      [...named("header"), "cookie", "origin", "x-request-id"],
      fc.string({ unit: fc.constantFrom("a", "=", ";", ",", ":", " ", '"', "%", "{", "é"), maxLength: 30 }),
    ),
    body: bodyFor(operation),
    token: fc.nat({ max: 3 }),
  });
}

async function send(method: string, { path, query, headers, body, token }: Attempt): Promise<Response> {
  const bearer = tokens[token];
  return rest.app.fetch(
    new Request(`http://rest.test${path}?${query}`, {
      method: method.toUpperCase(),
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body }),
    }),
  );
}

describe("generated nonsense is refused by a problem document and changes nothing", () => {
  test("at every operation of the OpenAPI document", async () => {
    const operations = Object.entries(rest.app.openApi.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ method, path, operation })),
    );
    expect(operations.length).toBeGreaterThan(20);
    for (const { method, path, operation } of operations) {
      const before = await rest.digest();
      await fc.assert(
        fc.asyncProperty(attemptAt(path, operation), async (attempt) => {
          const { status, headers } = await send(method, attempt);
          const read = method === "get" && status === 200;
          // Without a cookie there is no session to end, which is what logging out asks for.
          const loggedOut = path === "/api/auth/logout" && status === 204;
          if (read || loggedOut) return;
          expect(status).toBeWithin(400, 500);
          expect(headers.get("content-type")).toBe("application/problem+json");
        }),
        { numRuns: 150 },
      );
      expect({ method, path, digest: await rest.digest() }).toEqual({ method, path, digest: before });
    }
  });
});
