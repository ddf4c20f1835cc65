import { describe, expect, test } from "bun:test";
import { salesPoints } from "./salesPoints.ts";

const series = [
  { day: "2026-11-22", netSales: "10000" },
  { day: "2026-11-23", netSales: "25050" },
  { day: "2026-11-24", netSales: "99" },
];

const OVER = { today: "2026-11-25", until: "2026-11-24" };
const UNDER_WAY = { today: "2026-11-24", until: "2026-11-24" };

describe("salesPoints", () => {
  test("lays the previous period beneath by position, in dollars", () => {
    const points = salesPoints(series, [{ day: "2026-11-19", netSales: "500" }], OVER);
    expect(points.map(({ current }) => current)).toEqual([100, 250.5, 0.99]);
    expect(points.map(({ previousDay, previous }) => [previousDay, previous])).toEqual([
      ["2026-11-19", 5],
      [null, null],
      [null, null],
    ]);
  });

  test("draws a period that is over with one line", () => {
    const points = salesPoints(series, [], OVER);
    expect(points.map(({ finished }) => finished)).toEqual([100, 250.5, 0.99]);
    expect(points.map(({ soFar }) => soFar)).toEqual([null, null, null]);
  });

  test("leads a line of its own to the day that is not over, from the day before", () => {
    const points = salesPoints(series, [], UNDER_WAY);
    expect(points.map(({ finished }) => finished)).toEqual([100, 250.5, null]);
    expect(points.map(({ soFar }) => soFar)).toEqual([null, 250.5, 0.99]);
  });

  test("a single unfinished day is a point of that line", () => {
    expect(salesPoints(series.slice(2), [], UNDER_WAY)).toMatchObject([{ current: 0.99, finished: null, soFar: 0.99 }]);
  });

  test("what is yet to come has no amount, and the day before it still grows", () => {
    const points = salesPoints(series, [], { today: "2026-11-23", until: "2026-11-24" });
    expect(points.map(({ current }) => current)).toEqual([100, 250.5, null]);
    expect(points.map(({ finished }) => finished)).toEqual([100, null, null]);
    expect(points.map(({ soFar }) => soFar)).toEqual([100, 250.5, null]);
    expect(points.map(({ grows }) => grows)).toEqual([false, true, false]);
  });

  test("a week or month grows while its period is not over", () => {
    const weeks = [
      { day: "2026-11-16", netSales: "1" },
      { day: "2026-11-23", netSales: "2" },
    ];
    const points = salesPoints(weeks, [], UNDER_WAY);
    expect(points.map(({ grows }) => grows)).toEqual([false, true]);
  });
});
