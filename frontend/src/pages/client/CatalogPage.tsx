import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { LiveContent } from "../../components/LiveContent.tsx";
import { LoadMore } from "../../components/LoadMore.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { CatalogFilters } from "./CatalogFilters.tsx";
import styles from "./CatalogPage.module.css";
import type { CatalogSearch } from "./catalogSearch.ts";
import { ProductCard } from "./ProductCard.tsx";
import { useCatalogue } from "./useCatalogue.ts";
import { WaysIn } from "./WaysIn.tsx";

const route = getRouteApi("/catalog");

/** What can be bought now. The filters live in the address. */
export function CatalogPage(): ReactNode {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { read, loadMore } = useCatalogue(useDeferredValue(search));
  const filtered = search.search !== undefined || search.category !== undefined;

  function show(next: CatalogSearch) {
    void navigate({ search: next, replace: true });
  }

  return (
    <div className="stack">
      <PageHeader title={t("catalogue.title")} />
      <WaysIn />
      <CatalogFilters value={search} products={read.data?.products} onChange={show} />
      <LiveContent read={read}>
        {({ products, next_cursor }) =>
          products.length === 0 ? (
            <EmptyState
              text={t(filtered ? "catalogue.emptyFiltered" : "catalogue.empty")}
              {...(filtered ? {} : { detail: t("catalogue.emptyText") })}
            >
              {filtered && (
                <Button variant="default" onClick={() => show({})}>
                  {t("common.clearFilters")}
                </Button>
              )}
            </EmptyState>
          ) : (
            <>
              <ul className={styles["grid"]}>
                {products.map((product) => (
                  <ProductCard key={product.id} product={product} />
                ))}
              </ul>
              {next_cursor !== null && <LoadMore onLoad={loadMore} />}
            </>
          )
        }
      </LiveContent>
    </div>
  );
}
