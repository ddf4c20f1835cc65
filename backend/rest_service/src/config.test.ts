import { expect, test } from "bun:test";
import { parseConfig } from "@espigon/service_kit";
import { RestConfig } from "./config.ts";

const NEEDED = { DATABASE_URL: "postgres://espigon@localhost/espigon", JWT_SECRET: "s".repeat(32) };

test("a database and a secret are enough; the rest has safe defaults", () => {
  expect(parseConfig(RestConfig, NEEDED)).toMatchObject({
    PORT: 3000,
    REDIS_URL: "redis://127.0.0.1:6379",
    CORS_ORIGINS: ["http://localhost:5173"],
    COOKIE_SECURE: true,
    JWT_COMPAT: false,
    EVENTS_WINDOW: 100_000,
  });
});

test("whatever is wrong is named in one go, without its value", () => {
  const env = { DATABASE_URL: "mysql://root:hunter2@db/x", JWT_SECRET: "weak", PORT: "70000", COOKIE_SECURE: "maybe" };
  let message = "";
  try {
    parseConfig(RestConfig, env);
  } catch (error) {
    message = String(error);
  }
  for (const name of Object.keys(env)) expect(message).toContain(` ${name}: `);
  expect(message).not.toMatch(/hunter2|weak;|70000|maybe/);
});
