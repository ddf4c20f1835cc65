import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNotice } from "../../components/notices.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useServices } from "../../hooks/useServices.ts";
import { Product } from "../../lib/resources.ts";
import { EMPTY_DRAFT, type ProductBody } from "./productDraft.ts";
import { ProductForm } from "./ProductForm.tsx";

export function NewProductPage(): ReactNode {
  const { t } = useTranslation();
  const { api } = useServices();
  const navigate = useNavigate();
  const notify = useNotice();

  async function create(body: Partial<ProductBody>) {
    const { name } = await api.post("/api/products", body, Product);
    notify(t("products.saved", { name }));
    await navigate({ to: "/seller/products" });
  }

  return (
    <div className="stack">
      <PageHeader title={t("products.newTitle")} subtitle={<Link to="/seller/products">{t("products.title")}</Link>} />
      <Panel title={t("products.create")}>
        <ProductForm initial={EMPTY_DRAFT} onSave={create} />
      </Panel>
    </div>
  );
}
