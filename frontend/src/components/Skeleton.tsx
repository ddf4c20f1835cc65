import { useTranslation } from "react-i18next";
import styles from "./Skeleton.module.css";

type SkeletonProps = { readonly lines?: number; readonly shape?: "lines" | "chart" };

/** Stands where data will be, on the first load only: a refetch keeps what is shown. */
export function Skeleton({ lines = 5, shape = "lines" }: SkeletonProps) {
  const { t } = useTranslation();
  return (
    <div className={styles["skeleton"]} role="status">
      <span className="visually-hidden">{t("common.loading")}</span>
      {shape === "chart" ? (
        <div className={styles["block"]} />
      ) : (
        Array.from({ length: lines }, (_, line) => <div key={line} className={styles["line"]} />)
      )}
    </div>
  );
}
