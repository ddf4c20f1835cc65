import { readdir } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { buildASTSchema, parse } from "graphql";

/** Writes the frontend's typed documents from `docs/schema.graphql` and `frontend/src/graphql/*.graphql`. */
const root = new URL("../", import.meta.url);
const folder = new URL("frontend/src/graphql/", root);
const target = new URL("generated/documents.ts", folder);

export async function generateDocuments(): Promise<string> {
  const schema = parse(await Bun.file(new URL("docs/schema.graphql", root)).text());
  const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
  const documents = await Promise.all(
    names.map(async (name) => ({ location: name, document: parse(await Bun.file(new URL(name, folder)).text()) })),
  );
  const shared = { namingConvention: "keep", documentVariableSuffix: "", useTypeImports: true };

  return codegen({
    filename: target.pathname,
    schema,
    schemaAst: buildASTSchema(schema),
    documents,
    config: {},
    plugins: [
      {
        typescriptOperations: {
          ...shared,
          immutableTypes: true,
          skipTypename: true,
          arrayInputCoercion: false,
          scalars: { ID: "string", Cents: "string", Date: "string" },
        },
      },
      {
        typedDocumentNode: {
          ...shared,
          documentNodeImport: "@apollo/client#TypedDocumentNode",
          optimizeDocumentNode: true,
        },
      },
    ],
    pluginMap: { typescriptOperations, typedDocumentNode },
  });
}

if (import.meta.main) await Bun.write(target, await generateDocuments());
