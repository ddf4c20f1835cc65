import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { comparePeriods } from "./comparePeriods.ts";

type ComparisonNoteProps = { readonly current: number; readonly previous: number | null | undefined };

/** A figure against the period before, in words: more, less, the same, new, or nothing to compare with. */
export function ComparisonNote({ current, previous }: ComparisonNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const comparison = comparePeriods(current, previous);
  switch (comparison.kind) {
    case "new":
      return t("figures.comparedNew");
    case "none":
      return t("figures.comparedNone");
    case "same":
      return t("figures.comparedSame");
    case "change":
      return t("figures.compared", { change: format.change(comparison.ratio) });
  }
}
