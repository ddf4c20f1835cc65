import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LiveContent } from "../../components/LiveContent.tsx";
import { useNotice } from "../../components/notices.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useLiveResource } from "../../hooks/useLiveResource.ts";
import { useServices } from "../../hooks/useServices.ts";
import { useLanguage } from "../../i18n/useFormat.ts";
import { Product } from "../../lib/resources.ts";
import { draftOf, type ProductBody } from "./productDraft.ts";
import { ProductForm } from "./ProductForm.tsx";

const route = getRouteApi("/seller/products/$productId");

/** One product's form. It does not follow the marketplace: what somebody is typing must not change under them. */
export function ProductPage(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { api } = useServices();
  const navigate = useNavigate();
  const notify = useNotice();
  const { productId } = route.useParams();
  const path = `/api/products/${encodeURIComponent(productId)}`;
  const read = useLiveResource(`product ${productId}`, (signal) => api.get(path, Product, { signal }), {
    concerns: () => false,
  });

  async function save(changes: Partial<ProductBody>) {
    const { name } = await api.patch(path, changes, Product);
    notify(t("products.saved", { name }));
    await navigate({ to: "/seller/products" });
  }

  return (
    <div className="stack">
      <PageHeader title={t("products.editTitle")} subtitle={<Link to="/seller/products">{t("products.title")}</Link>} />
      <LiveContent read={read}>
        {(product) => (
          <Panel title={product.name}>
            <ProductForm key={product.id} initial={draftOf(product, language)} onSave={save} />
          </Panel>
        )}
      </LiveContent>
    </div>
  );
}
