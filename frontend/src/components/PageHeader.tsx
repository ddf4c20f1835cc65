import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Age } from "./Age.tsx";
import styles from "./PageHeader.module.css";
import { useDocumentTitle } from "./useDocumentTitle.ts";
import { useStaleSince } from "./useStaleSince.ts";

type PageHeaderProps = {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
};

/** The page's only `h1`, which takes the focus after a navigation, and its document title. Says when data is stale. */
export function PageHeader({ title, subtitle, actions }: PageHeaderProps) {
  const { t } = useTranslation();
  const staleSince = useStaleSince();
  useDocumentTitle(`${title} · ${t("common.brand")}`);
  return (
    <div className={styles["header"]}>
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {subtitle !== undefined && <p className={styles["subtitle"]}>{subtitle}</p>}
        {staleSince !== null && (
          <p className={styles["stale"]}>
            <Age since={staleSince} text="common.staleData" />
          </p>
        )}
      </div>
      {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
    </div>
  );
}
