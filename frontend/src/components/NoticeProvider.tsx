import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NoticeContext } from "./notices.ts";
import styles from "./NoticeProvider.module.css";

const SHOWN_MS = 6_000;

/** Shows the last notice at the foot of the page, and says it aloud; the focus stays where it is. */
export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<{ readonly text: string } | null>(null);
  const notify = useCallback((text: string) => setNotice({ text }), []);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <NoticeContext value={notify}>
      {children}
      <output className={styles["region"]}>
        {notice !== null && (
          <span className={styles["notice"]}>
            {notice.text}
            <button type="button" className={styles["close"]} onClick={() => setNotice(null)}>
              {t("common.close")}
            </button>
          </span>
        )}
      </output>
    </NoticeContext>
  );
}
