import { expect, test } from "bun:test";
import { spanKind } from "./spanKind.ts";

const until = "2026-11-23T22:00:00Z";

test.each([
  ["today", "2026-11-24", "2026-11-23", "2026-11-23", until, "yesterday"],
  ["yesterday", "2026-11-23", "2026-11-22", "2026-11-22", null, "whole"],
  ["the last days", "2026-11-18", "2026-11-11", "2026-11-17", until, "soFar"],
  ["the first of a month, against that of the month before", "2026-12-01", "2026-11-01", "2026-11-01", until, "soFar"],
  ["a month against one that was over by this day", "2026-03-01", "2026-02-01", "2026-02-28", null, "whole"],
] as const)("%s", (_what, start, from, to, until, kind) => {
  expect(spanKind({ period: { from: start }, comparedWith: { from, to, until } })).toBe(kind);
});
