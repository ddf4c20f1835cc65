import { useTranslation } from "react-i18next";
import type { CentsLike } from "../i18n/format.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { EmptyState } from "./EmptyState.tsx";
import { useUnit } from "./useUnit.ts";

export type SoldProduct = {
  readonly productId: string;
  readonly name: string;
  readonly unit: string;
  readonly units: number;
  readonly netSales: CentsLike;
};

/** What sold best, with quantities in each product's own unit. */
export function ProductsTable({ products }: { readonly products: readonly SoldProduct[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = useUnit();
  if (products.length === 0) return <EmptyState text={t("figures.emptyProducts")} />;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t("figures.product")}</th>
          <th scope="col" className="number">
            {t("figures.quantity")}
          </th>
          <th scope="col" className="money">
            {t("figures.netSales")}
          </th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <tr key={product.productId}>
            <th scope="row">{product.name}</th>
            <td className="number">
              {format.number(product.units)} {unit(product.unit)}
            </td>
            <td className="money">{format.money(product.netSales)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
