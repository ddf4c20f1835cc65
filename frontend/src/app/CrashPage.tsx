import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../components/PageHeader.tsx";

/** What is left when a page throws, or its code cannot be fetched (a new version was deployed). */
export function CrashPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack" role="alert">
      <PageHeader title={t("common.crashTitle")} subtitle={t("common.crashText")} />
      <p>
        <Button variant="default" onClick={() => location.reload()}>
          {t("common.retry")}
        </Button>
      </p>
    </div>
  );
}
