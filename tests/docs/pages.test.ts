import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createProcessMetrics, Registry } from "@espigon/service_kit";
import { createMetrics } from "../../backend/realtime_service/src/monitoring/metrics.ts";
import { createReportMetrics } from "../../backend/report_service/src/monitoring/createReportMetrics.ts";
import { createSequencerMetrics } from "../../backend/rest_service/src/infrastructure/sequencer/sequencerMetrics.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (page: string) => readFileSync(join(ROOT, page), "utf8");
const pages = [
  "",
  "docs",
  "docs/decisions",
  "bench",
  "tests/faults",
  "tests/conformance",
  "packages/realtime_client",
].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

test.each(pages)("%s links to nothing that is not there", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = ""]) => target);
  expect(links.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)))).toEqual([]);
});

test.each(pages)("%s names no command that is not there", (page) => {
  const { scripts } = JSON.parse(read("package.json"));
  const commands = [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test("the operations page names no metric that is not there", async () => {
  const sequencer = new Registry();
  createSequencerMetrics(sequencer);
  const registries = [
    createProcessMetrics(),
    sequencer,
    createMetrics().registry,
    createReportMetrics(() => true).registry,
  ];
  const there = new Set(
    (await Promise.all(registries.map((each) => each.getMetricsAsJSON()))).flat().map(({ name }) => name),
  );
  const named = [...read("docs/operations.md").matchAll(/`((?:espigon|realtime|report|process|nodejs)_[a-z0-9_]+)`/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.endsWith("_service"));
  expect(named.length).toBeGreaterThan(9);
  expect(named.filter((name) => !there.has(name))).toEqual([]);
});

describe("the security page", () => {
  const text = read("docs/security.md");

  test("has a row for each of the 76 statements", () => {
    const named = [...text.matchAll(/^\| ([\d–, ]+) \|/gm)].flatMap(([, cell = ""]) =>
      cell.split(", ").flatMap((range) => {
        const [from = 0, to = from] = range.split("–").map(Number);
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      }),
    );
    expect(named.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 76 }, (_, index) => index + 1));
  });

  test("names no test that is not there", () => {
    const services = /^(rest|realtime|report)\//;
    const paths = [...text.matchAll(/`([\w./-]+\.(?:test|int\.test|property\.test)?\.?ts)`/g)].map(([, path = ""]) =>
      path.replace(services, "backend/$1_service/"),
    );
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
