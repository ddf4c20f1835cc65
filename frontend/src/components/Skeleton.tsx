import { useTranslation } from "react-i18next";
import styles from "./Skeleton.module.css";

type SkeletonProps = { readonly lines?: number; readonly shape?: "lines" | "chart" };

/** Stands where data will be, on the first load only: a refetch keeps what is shown. */
export function Skeleton({ lines = 5, shape = "lines" }: SkeletonProps) {
  const { t } = useTranslation();
  return (
    <output className={styles["skeleton"]}>
      <span className="visually-hidden">{t("common.loading")}</span>
      {shape === "chart" ? (
        <span className={styles["block"]} />
      ) : (
        Array.from({ length: lines }, (_, line) => <span key={line} className={styles["line"]} />)
      )}
    </output>
  );
}
