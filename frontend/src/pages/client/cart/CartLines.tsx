import { useTranslation } from "react-i18next";
import { useUnit } from "../../../components/useUnit.ts";
import { useFormat } from "../../../i18n/useFormat.ts";
import { cartLineTotal, cartTotals, withQuantity } from "./Cart.ts";
import { QuantityInput } from "./QuantityInput.tsx";
import { useCart } from "./useCart.ts";

/** The cart's lines with their quantities, and what they come to. */
export function CartLines() {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = useUnit();
  const { lines, setLines } = useCart();
  const { tax, total } = cartTotals(lines);
  return (
    <table className="table table-cards">
      <thead>
        <tr>
          <th scope="col">{t("figures.product")}</th>
          <th scope="col">{t("figures.quantity")}</th>
          <th scope="col" className="money">
            {t("orders.lineTotal")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.product.id}>
            <th scope="row" className="wide">
              {line.product.name}
              <div className="note">{line.product.seller_name}</div>
              <div className="note">
                {format.money(line.product.price)} / {unit(line.product.unit)}
              </div>
            </th>
            <td>
              <QuantityInput line={line} />
              <button
                type="button"
                className="link-button"
                aria-label={t("catalogue.remove", { name: line.product.name })}
                onClick={() => setLines(withQuantity(lines, line.product, 0))}
              >
                {t("catalogue.removeShort")}
              </button>
            </td>
            <td className="money">{format.money(cartLineTotal(line))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {tax > 0 && (
          <tr>
            <th scope="row" colSpan={2}>
              {t("orders.tax")}
            </th>
            <td className="money">{format.money(tax)}</td>
          </tr>
        )}
        <tr>
          <th scope="row" colSpan={2}>
            {t("catalogue.estimated")}
          </th>
          <td className="money">
            <strong>{format.money(total)}</strong>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
