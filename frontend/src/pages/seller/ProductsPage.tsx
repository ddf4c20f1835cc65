import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { LiveContent } from "../../components/LiveContent.tsx";
import { LoadMore } from "../../components/LoadMore.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefreshButton } from "../../components/RefreshButton.tsx";
import { ProductsList } from "./ProductsList.tsx";
import { useOwnProducts } from "./useOwnProducts.ts";

/** What the seller offers. */
export function ProductsPage(): ReactNode {
  const { t } = useTranslation();
  const { read, loadMore } = useOwnProducts();
  return (
    <div className="stack">
      <PageHeader
        title={t("products.title")}
        subtitle={<Link to="/seller/products/new">{t("products.create")}</Link>}
        actions={<RefreshButton refreshing={read.refreshing} onRefresh={read.refetch} />}
      />
      <Panel titleHidden title={t("products.title")} refreshing={read.refreshing}>
        <LiveContent read={read}>
          {({ products, next_cursor }) => (
            <>
              {products.length > 0 && <ProductsList products={products} onChanged={read.refetch} />}
              {products.length === 0 && (
                <EmptyState text={t("products.empty")}>
                  <Link to="/seller/products/new">{t("products.emptyAction")}</Link>
                </EmptyState>
              )}
              {next_cursor !== null && <LoadMore onLoad={loadMore} />}
            </>
          )}
        </LiveContent>
      </Panel>
    </div>
  );
}
