import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../components/PageHeader.tsx";

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <PageHeader title={t("common.notFoundTitle")} subtitle={t("common.notFoundText")} />
      <p>
        <Link to="/">{t("common.goHome")}</Link>
      </p>
    </div>
  );
}
