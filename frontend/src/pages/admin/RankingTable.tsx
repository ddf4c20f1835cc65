import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import type { CentsLike } from "../../i18n/format.ts";
import { useFormat } from "../../i18n/useFormat.ts";

type RankingTableProps = {
  /** Heading of the names, and of the counts. */
  readonly who: string;
  readonly count: string;
  /** What to say when there is nobody. */
  readonly empty: string;
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly orders: number;
    readonly netSales: CentsLike;
  }[];
};

/** Who sold or bought most, best first. */
export function RankingTable({ who, count, empty, rows }: RankingTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length === 0) return <EmptyState text={empty} />;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{who}</th>
          <th scope="col" className="number">
            {count}
          </th>
          <th scope="col" className="money">
            {t("figures.netSales")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, orders, netSales }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td className="number">{format.number(orders)}</td>
            <td className="money">{format.money(netSales)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
