import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { SalesPoint } from "./salesPoints.ts";

type SalesTableProps = { readonly caption: string; readonly points: readonly SalesPoint[] };

/** The chart's own numbers, newest first. */
export function SalesTable({ caption, points }: SalesTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (dollars: number | null) => (dollars === null ? "—" : format.money(Math.round(dollars * 100)));
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("figures.day")}</th>
            <th scope="col" className="money">
              {t("figures.thisPeriod")}
            </th>
            <th scope="col" className="money">
              {t("figures.previousPeriod")}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ day, current, previous, previousDay, grows }) => (
            <tr key={day}>
              <th scope="row">{grows ? t("figures.daySoFar", { day: format.shortDay(day) }) : format.shortDay(day)}</th>
              <td className="money">{money(current)}</td>
              <td className="money">
                {money(previous)}
                {previousDay !== null && <div className="note">{format.shortDay(previousDay)}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
