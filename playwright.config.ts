import { defineConfig } from "@playwright/test";

const ROOT = process.getuid?.() === 0;

/** Nothing that Chromium does of its own accord on a network: the tests run on a closed one. */
const CLOSED_NETWORK = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = process.env["CHROME_PATH"];

/** End-to-end tests on a real `npm start`, in the Chromium of CHROME_PATH. `npm test` runs them after the others. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./tests/e2e/support/globalSetup.ts",
  outputDir: "test-results",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env["CI"] === "true",
  reporter: [["list"], ...(process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] === undefined ? [] : [["json"] as const])],
  use: {
    locale: "es-EC",
    timezoneId: "America/Guayaquil",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CLOSED_NETWORK, ...(ROOT ? ["--no-sandbox"] : [])],
    },
  },
});
