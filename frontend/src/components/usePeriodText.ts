import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";

/** The days of a period in words; one day where it has only one. */
export function usePeriodText(): (period: { readonly from: string; readonly to: string }) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, to }) =>
    from === to ? format.day(from) : t("period.range", { from: format.day(from), to: format.day(to) });
}
