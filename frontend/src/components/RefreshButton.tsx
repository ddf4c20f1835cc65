import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

type RefreshButtonProps = { readonly refreshing: boolean; readonly onRefresh: () => void };

/** Reads everything on the page again over HTTP, whatever the live connection does. */
export function RefreshButton({ refreshing, onRefresh }: RefreshButtonProps) {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={onRefresh} aria-busy={refreshing}>
      {t("common.refresh")}
    </Button>
  );
}
