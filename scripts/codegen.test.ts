import { expect, test } from "bun:test";
import { generateDocuments } from "./codegen.ts";

test("the frontend's typed documents fit the schema (else run `bun scripts/codegen.ts`)", async () => {
  const committed = new URL("../frontend/src/graphql/generated/documents.ts", import.meta.url);
  expect(await Bun.file(committed).text()).toBe(await generateDocuments());
});
