import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./AppEnv.ts";
import type { OpenApiDocument } from "./openApiDocument.ts";
import { openApiPage, openApiStyle } from "./openApiPage.ts";

/** The OpenAPI document for programs, and a page of it for people that needs neither scripts nor the internet. */
export function createDocsController(document: OpenApiDocument): OpenAPIHono<AppEnv> {
  const page = openApiPage(document);
  const router = new OpenAPIHono<AppEnv>();
  router.get("/api/openapi.json", (context) => context.json(document));
  router.get("/api/docs", (context) => {
    context.header("content-security-policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
    return context.html(page);
  });
  router.get("/api/docs.css", (context) => context.body(openApiStyle, 200, { "content-type": "text/css" }));
  return router;
}
