import { useTranslation } from "react-i18next";
import { Unit } from "../lib/resources.ts";

/** The short name of a product's unit ("lb"); a unit that this page does not know is shown as it came. */
export function useUnit(): (unit: string) => string {
  const { t } = useTranslation();
  return (unit) => {
    const known = Unit.safeParse(unit);
    return known.success ? t(`common.unit.${known.data}`) : unit;
  };
}
