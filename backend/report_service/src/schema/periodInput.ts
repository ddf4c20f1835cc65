import { MAX_PERIOD_DAYS, PERIOD_PRESETS } from "@espigon/event_contracts";
import type { Comparison } from "../statistics/Comparison.ts";
import { type PeriodRequest, resolvePeriod } from "../statistics/resolvePeriod.ts";
import { builder } from "./builder.ts";
import { DateScalar } from "./date.ts";
import type { ReportContext } from "./ReportContext.ts";
import { refusal } from "./refusal.ts";

const PeriodPreset = builder.enumType("PeriodPreset", {
  description: "A period that moves with the present business day.",
  values: PERIOD_PRESETS,
});

export const PeriodInput = builder.inputType("PeriodInput", {
  description: `Either a preset or both from and to, at most ${MAX_PERIOD_DAYS} days. Nothing at all means LAST_30_DAYS.`,
  fields: (t) => ({
    preset: t.field({ type: PeriodPreset }),
    from: t.field({ type: DateScalar, description: "The first day." }),
    to: t.field({ type: DateScalar, description: "The last day; it belongs to the period." }),
  }),
});

/** @throws a refusal when what was asked for is no period. */
export function comparisonOf({ now }: ReportContext, request: PeriodRequest | null | undefined): Comparison {
  const verdict = resolvePeriod(request, now);
  if (verdict.kind === "refused") throw refusal("BAD_USER_INPUT", verdict.reason);
  return verdict;
}

/** All that an answer depends on: where it compares with the present time of day, an answer is of one minute. */
export function comparisonVariables({ period, previous, until }: Comparison): readonly string[] {
  return [period.from, period.to, previous.from, previous.to, until ?? ""];
}
