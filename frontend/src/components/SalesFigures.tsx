import { useTranslation } from "react-i18next";
import type { CentsLike } from "../i18n/format.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { ComparisonNote } from "./ComparisonNote.tsx";
import { Figure } from "./Figure.tsx";
import type { ComparedSpan } from "./spanKind.ts";

type Sales = { readonly netSales: CentsLike; readonly orders: number; readonly averageTicket: CentsLike };

/** What every dashboard begins with: net sales, orders and their average, each against the period before. */
export function SalesFigures({ sales }: { readonly sales: Sales & ComparedSpan & { readonly previous: Sales } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { previous } = sales;
  return (
    <>
      <Figure
        lead
        label={t("figures.netSales")}
        help={t("figures.netSalesHelp")}
        value={format.money(sales.netSales)}
        note={<ComparisonNote current={Number(sales.netSales)} previous={Number(previous.netSales)} span={sales} />}
      />
      <Figure
        label={t("figures.orders")}
        value={format.number(sales.orders)}
        note={<ComparisonNote current={sales.orders} previous={previous.orders} span={sales} />}
      />
      <Figure
        label={t("figures.averageTicket")}
        value={format.money(sales.averageTicket)}
        note={
          <ComparisonNote
            current={Number(sales.averageTicket)}
            previous={Number(previous.averageTicket)}
            span={sales}
          />
        }
      />
    </>
  );
}
