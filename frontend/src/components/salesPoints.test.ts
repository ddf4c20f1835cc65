import { describe, expect, test } from "bun:test";
import { salesPoints } from "./salesPoints.ts";

const series = [
  { day: "2026-11-22", netSales: "10000" },
  { day: "2026-11-23", netSales: "25050" },
  { day: "2026-11-24", netSales: "99" },
];

describe("salesPoints", () => {
  test("lays the previous period beneath by position, in dollars", () => {
    const points = salesPoints(series, [{ day: "2026-11-19", netSales: "500" }], false);
    expect(points.map(({ current }) => current)).toEqual([100, 250.5, 0.99]);
    expect(points.map(({ previousDay, previous }) => [previousDay, previous])).toEqual([
      ["2026-11-19", 5],
      [null, null],
      [null, null],
    ]);
  });

  test("draws a period that is over with one line", () => {
    const points = salesPoints(series, [], false);
    expect(points.map(({ finished }) => finished)).toEqual([100, 250.5, 0.99]);
    expect(points.map(({ soFar }) => soFar)).toEqual([null, null, null]);
  });

  test("leads a line of its own to the day that is not over, from the day before", () => {
    const points = salesPoints(series, [], true);
    expect(points.map(({ finished }) => finished)).toEqual([100, 250.5, null]);
    expect(points.map(({ soFar }) => soFar)).toEqual([null, 250.5, 0.99]);
  });

  test("a single unfinished day is a point of that line", () => {
    expect(salesPoints(series.slice(0, 1), [], true)).toMatchObject([{ current: 100, finished: null, soFar: 100 }]);
  });
});
