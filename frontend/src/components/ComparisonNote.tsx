import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { comparePeriods } from "./comparePeriods.ts";
import { type ComparedSpan, spanKind } from "./spanKind.ts";

type ComparisonNoteProps = {
  readonly current: number;
  readonly previous: number | null | undefined;
  /** What is shown, and what `previous` stands for. */
  readonly span: ComparedSpan;
};

const WORDS = {
  yesterday: { new: "figures.newToYesterday", same: "figures.sameAsYesterday", change: "figures.againstYesterday" },
  soFar: { new: "figures.newToSoFar", same: "figures.sameAsSoFar", change: "figures.againstSoFar" },
  whole: { new: "figures.newToWhole", same: "figures.sameAsWhole", change: "figures.againstWhole" },
} as const;

/** A figure against the period before, in words: more, less, the same, new, or nothing to compare with. */
export function ComparisonNote({ current, previous, span }: ComparisonNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const comparison = comparePeriods(current, previous);
  if (comparison.kind === "none") return t("figures.comparedNone");
  const words = WORDS[spanKind(span)][comparison.kind];
  const text = t(words, { change: comparison.kind === "change" ? format.change(comparison.ratio) : "" });
  const { until } = span.comparedWith;
  return until ? <span title={t("figures.comparedUntil", { until: format.instant(until) })}>{text}</span> : text;
}
