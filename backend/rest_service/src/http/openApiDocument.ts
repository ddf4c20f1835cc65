import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./AppEnv.ts";

export type OpenApiDocument = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;

/** The OpenAPI 3.1 document of everything that is mounted on `app`. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): OpenApiDocument {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Espigón REST",
      version: "1",
      description:
        "Fields are snake_case, times ISO 8601 UTC, money integer cents. Errors are RFC 9457 problem documents with a stable `code`.",
    },
  });
}
