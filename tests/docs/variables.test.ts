import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { RealtimeConfig } from "../../backend/realtime_service/src/config.ts";
import { ReportConfig } from "../../backend/report_service/src/config.ts";
import { RestConfig } from "../../backend/rest_service/src/config.ts";

const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|([^|]*)\|([^|]*)\|/gm)];
const NOT_SET = "–";
const REQUIRED = "**!**";

test.each([
  ["rest", RestConfig, 2],
  ["realtime", RealtimeConfig, 3],
  ["report", ReportConfig, 4],
] as const)("docs/operations.md has every variable of %s, with its default", (_service, { shape }, column) => {
  const told = rows.map((row) => [row[1] ?? "", row[column]?.trim() ?? ""]).filter(([, cell]) => cell !== "");
  const meant = Object.entries(shape).map(([name, schema]) => [name, defaultOf(schema.safeParse(undefined))]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(meant));
});

type Setting = string | number | boolean | readonly string[] | BlockList | undefined;

function defaultOf(read: { success: boolean; data?: Setting }): string {
  if (!read.success) return REQUIRED;
  const { data } = read;
  // A list of proxies that are believed: nobody is.
  if (data instanceof BlockList) return data.rules.length === 0 ? NOT_SET : data.rules.join(",");
  return data === undefined ? NOT_SET : String(data);
}
