/** A period, and what its previous figures stand for, as statistics tell them. */
export type ComparedSpan = {
  readonly period: { readonly from: string };
  readonly comparedWith: {
    readonly from: string;
    readonly to: string;
    /** Up to when the last day counts; null when all of it does. */
    readonly until?: string | null;
  };
};

const DAY_MS = 86_400_000;

/**
 * With what a period is compared: the day before up to this time of day, the same span of the period before, or all
 * of that period.
 */
export function spanKind({ period, comparedWith }: ComparedSpan): "yesterday" | "soFar" | "whole" {
  const { from, to, until } = comparedWith;
  if (!until) return "whole";
  return from === to && Date.parse(period.from) - Date.parse(to) === DAY_MS ? "yesterday" : "soFar";
}
