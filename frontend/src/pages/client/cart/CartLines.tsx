import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useUnit } from "../../../components/useUnit.ts";
import { useFormat } from "../../../i18n/useFormat.ts";
import { cartLineTotal, cartTotals, withQuantity } from "./Cart.ts";
import { useCart } from "./useCart.ts";

/** The cart's lines with their quantities, and what they come to. */
export function CartLines() {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = useUnit();
  const { lines, setLines } = useCart();
  const { total } = cartTotals(lines);
  return (
    <table className="table table-cards">
      <thead>
        <tr>
          <th scope="col">{t("figures.product")}</th>
          <th scope="col">{t("figures.quantity")}</th>
          <th scope="col" className="money">
            {t("orders.lineTotal")}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t("orders.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.product.id}>
            <th scope="row" className="wide">
              {line.product.name}
              <div className="note">
                {format.money(line.product.price)} / {unit(line.product.unit)}
              </div>
            </th>
            <td>
              <NumberInput
                w={110}
                min={1}
                max={line.product.stock}
                allowDecimal={false}
                aria-label={t("catalogue.quantityOf", { name: line.product.name })}
                value={line.quantity}
                onChange={(value) => {
                  if (typeof value === "number" && value >= 1) setLines(withQuantity(lines, line.product, value));
                }}
              />
            </td>
            <td className="money">{format.money(cartLineTotal(line))}</td>
            <td>
              <button
                type="button"
                className="link-button"
                aria-label={t("catalogue.remove", { name: line.product.name })}
                onClick={() => setLines(withQuantity(lines, line.product, 0))}
              >
                {t("catalogue.removeShort")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t("catalogue.estimated")}
          </th>
          <td className="money">
            <strong>{format.money(total)}</strong>
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
