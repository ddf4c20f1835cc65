import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Order } from "../../lib/resources.ts";

/** The lines of an order as they were when it was placed, and what they add up to. */
export function OrderItems({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { subtotal, tax, total } = order.totals;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t("figures.product")}</th>
          <th scope="col" className="number">
            {t("figures.quantity")}
          </th>
          <th scope="col" className="money">
            {t("orders.lineTotal")}
          </th>
        </tr>
      </thead>
      <tbody>
        {order.items.map((item) => (
          <tr key={item.product_id}>
            <th scope="row">
              {item.name}
              <div className="note">{format.money(item.unit_price)}</div>
            </th>
            <td className="number">{format.number(item.quantity)}</td>
            <td className="money">{format.money(item.line_total)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <TotalRow label={t("orders.subtotal")} amount={format.money(subtotal)} />
        <TotalRow label={t("orders.tax")} amount={format.money(tax)} />
        <TotalRow label={t("orders.total")} amount={format.money(total)} strong />
      </tfoot>
    </table>
  );
}

type TotalRowProps = { readonly label: string; readonly amount: string; readonly strong?: boolean };

function TotalRow({ label, amount, strong = false }: TotalRowProps) {
  return (
    <tr>
      <th scope="row" colSpan={2}>
        {label}
      </th>
      <td className="money">{strong ? <strong>{amount}</strong> : amount}</td>
    </tr>
  );
}
