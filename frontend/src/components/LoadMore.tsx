import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function LoadMore({ onLoad }: { readonly onLoad: () => void }) {
  const { t } = useTranslation();
  return (
    <p>
      <Button variant="default" onClick={onLoad}>
        {t("common.loadMore")}
      </Button>
    </p>
  );
}
