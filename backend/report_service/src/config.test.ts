import { expect, test } from "bun:test";
import { ConfigError, parseConfig } from "@espigon/service_kit";
import { ReportConfig } from "./config.ts";

const JWT_SECRET = "x".repeat(32);
const faultOf = (env: Record<string, string>): unknown => {
  try {
    return parseConfig(ReportConfig, env);
  } catch (error) {
    return error;
  }
};

test("a secret alone is enough; all else has the defaults of the contract", () => {
  expect(parseConfig(ReportConfig, { JWT_SECRET })).toMatchObject({
    PORT: 4000,
    REST_SERVICE_URL: "http://localhost:3000",
    JWT_COMPAT: false,
    CORS_ORIGINS: ["http://localhost:5173"],
  });
});

test("a trailing slash of the other service's URL does not double", () => {
  expect(parseConfig(ReportConfig, { JWT_SECRET, REST_SERVICE_URL: "http://rest:3000/" }).REST_SERVICE_URL).toBe(
    "http://rest:3000",
  );
});

test.each([
  ["JWT_SECRET", { JWT_SECRET: "short" }],
  ["JWT_SECRET", {}],
  ["PORT", { JWT_SECRET, PORT: "70000" }],
  ["REST_SERVICE_URL", { JWT_SECRET, REST_SERVICE_URL: "rest:3000" }],
  ["REDIS_URL", { JWT_SECRET, REDIS_URL: "http://redis" }],
  ["GRAPHIQL", { JWT_SECRET, GRAPHIQL: "yes" }],
])("a bad %s is named", (variable, env) => {
  const fault = faultOf(env);
  expect(fault).toBeInstanceOf(ConfigError);
  expect((fault as ConfigError).message).toContain(variable);
});
