import type { Verdict } from "../oracle/Verdict.ts";
import { isClean } from "../oracle/Verdict.ts";

/** What became of a soak. */
export type SoakReport = {
  readonly seed: number;
  /** ISO 8601. */
  readonly began: string;
  readonly minutes: number;
  /** The commit that ran. */
  readonly revision: string;
  /** Over all the time, rests included. */
  readonly eventsPerSecond: number;
  readonly verdict: Verdict;
  readonly faults: readonly FaultFigures[];
};

export type FaultFigures = { readonly name: string; readonly times: number; readonly worstFreshMs: number };

/** One line a figure, as the terminal and `docs/guarantees.md` show them. */
export function soakFigures(report: SoakReport): readonly (readonly [string, string])[] {
  const { verdict, faults } = report;
  const count = (value: number) => value.toLocaleString("en-US");
  return [
    ["orders acknowledged", count(verdict.acknowledged)],
    ["events", count(verdict.events)],
    ["events a second", count(Math.round(report.eventsPerSecond))],
    ["frames", count(verdict.frames)],
    ["faults injected", `${count(faults.reduce((sum, { times }) => sum + times, 0))}, of ${faults.length} kinds`],
    ["gaps detected", count(verdict.gapsDetected)],
    ["gaps repaired", count(verdict.gapsRepaired)],
    ["resyncs", count(verdict.resyncs)],
    ["losses", count(verdict.losses)],
    ["leaks", count(verdict.leaks)],
    ["backward steps", count(verdict.backwardSteps)],
    ["broken promises", count(verdict.faults.length)],
  ];
}

export function soakMarkdown(report: SoakReport): string {
  const { seed, began, minutes, revision, verdict, faults } = report;
  const worstFirst = faults.toSorted((one, other) => other.worstFreshMs - one.worstFreshMs);
  return [
    `Seed ${seed}, ${minutes.toFixed(1)} minutes from ${began}, commit ${revision}: ${isClean(verdict) ? "clean" : "BROKEN"}.`,
    "",
    "| figure | |",
    "|---|---|",
    ...soakFigures(report).map(([name, value]) => `| ${name} | ${value} |`),
    "",
    "| fault | times | worst time to fresh, ms |",
    "|---|---|---|",
    ...worstFirst.map(({ name, times, worstFreshMs }) => `| ${name} | ${times} | ${Math.round(worstFreshMs)} |`),
    ...verdict.faults.map((fault) => `\nBROKEN: ${fault}`),
    "",
  ].join("\n");
}
