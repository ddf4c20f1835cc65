import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../components/PageHeader.tsx";
import { codeUpdate } from "./codeUpdate.ts";
import { PendingPage } from "./PendingPage.tsx";

/** What is left when a page throws. When its code is gone because a new version was deployed, that version is loaded. */
export function CrashPage({ error }: Pick<ErrorComponentProps, "error">): ReactNode {
  const { t } = useTranslation();
  const [reloading] = useState(() => codeUpdate.helps(error));
  useEffect(() => {
    if (reloading) codeUpdate.reload();
  }, [reloading]);
  if (reloading) return <PendingPage />;
  return (
    <div className="stack" role="alert">
      <PageHeader title={t("common.crashTitle")} subtitle={t("common.crashText")} />
      <p>
        <Button variant="default" onClick={() => location.reload()}>
          {t("common.retry")}
        </Button>
      </p>
      <p>
        <a href="/">{t("common.goHome")}</a>
      </p>
    </div>
  );
}
