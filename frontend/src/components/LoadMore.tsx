import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./LoadMore.module.css";

export function LoadMore({ onLoad }: { readonly onLoad: () => void }) {
  const { t } = useTranslation();
  return (
    <p className={styles["more"]}>
      <Button variant="default" onClick={onLoad}>
        {t("common.loadMore")}
      </Button>
    </p>
  );
}
