import { escapeHtml } from "./escapeHtml.ts";
import type { OpenApiDocument } from "./openApiDocument.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** A page of the whole document: one entry per operation, one per schema. Plain HTML; its style is `openApiStyle`. */
export function openApiPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [operationEntry(method, path, operation)];
    }),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(document.info.title)}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<main>
<h1>${escapeHtml(document.info.title)}</h1>
<p>${escapeHtml(document.info.description ?? "")}</p>
<p>For programs: <a href="/api/openapi.json">openapi.json</a></p>
<h2>Operations</h2>
${operations.join("\n")}
<h2>Schemas</h2>
${schemas.join("\n")}
</main>
</body>
</html>`;
}

type Operation = {
  summary?: string;
  security?: readonly object[];
  parameters?: unknown;
  requestBody?: unknown;
  responses?: object;
};

function operationEntry(method: string, path: string, operation: Operation): string {
  const { summary = "", security, parameters, requestBody, responses = {} } = operation;
  const sections = [
    security === undefined ? "" : "<p>Needs an access token.</p>",
    parameters === undefined ? "" : `<h3>Parameters</h3>${json(parameters)}`,
    requestBody === undefined ? "" : `<h3>Body</h3>${json(requestBody)}`,
    `<h3>Answers</h3>${json(responses)}`,
  ];
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> ${escapeHtml(
    summary,
  )}</summary>${sections.join("")}</details>`;
}

/** Pretty JSON in which a reference to a schema leads to it. */
function json(value: unknown): string {
  const text = escapeHtml(JSON.stringify(value, null, 2));
  const linked = text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>');
  return `<pre tabindex="0">${linked}</pre>`;
}

export const openApiStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
details { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
summary { padding: 0.5rem 0; cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
h3 { font-size: 1rem; margin: 0.5rem 0 0; }
pre { overflow: auto; padding: 0.75rem; background: color-mix(in srgb, currentColor 7%, transparent); font-size: 0.85rem; }
`;
