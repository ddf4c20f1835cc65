import { expect, test } from "bun:test";
import { describeApi } from "./describeApi.ts";
import type { OpenApiDocument } from "./openApiDocument.ts";
import { openApiPage } from "./openApiPage.ts";

const WRITE_IT =
  "docs/openapi.json is not the document of the code; write it: bun backend/rest_service/src/cli/writeOpenApi.ts";

const document = JSON.parse(describeApi()) as OpenApiDocument;

test("docs/openapi.json is the document that this service serves", async () => {
  const published = await Bun.file(new URL("../../../../docs/openapi.json", import.meta.url)).text();
  if (published !== describeApi()) throw new Error(WRITE_IT);
});

test("it is OpenAPI 3.1, and every reference in it leads somewhere", () => {
  expect(document.openapi).toBe("3.1.0");
  const names = Object.keys(document.components?.schemas ?? {});
  const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(10);
  expect(references.filter((name) => !names.includes(name ?? ""))).toEqual([]);
});

test("the page shows every operation, and needs neither scripts nor another host", () => {
  const page = openApiPage(document);
  for (const path of Object.keys(document.paths ?? {})) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toMatch(/<script|https?:\/\/|style=/);
});

test("text of the document cannot become markup of the page", () => {
  const hostile = { ...document, info: { title: '<img src=x onerror="alert(1)">', version: "1" } };
  expect(openApiPage(hostile)).not.toContain("<img");
});
