import { useTranslation } from "react-i18next";
import { RankingTable } from "./RankingTable.tsx";

type TopSellersProps = {
  readonly sellers: readonly {
    readonly sellerId: string;
    readonly name: string;
    readonly orders: number;
    readonly netSales: string;
  }[];
};

export function TopSellers({ sellers }: TopSellersProps) {
  const { t } = useTranslation();
  return (
    <RankingTable
      who={t("figures.seller")}
      count={t("figures.orders")}
      empty={t("figures.emptySellers")}
      rows={sellers.map(({ sellerId, ...seller }) => ({ id: sellerId, ...seller }))}
    />
  );
}
