import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./ErrorNotice.module.css";
import { errorView } from "./errorView.ts";

type ErrorNoticeProps = {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: (() => unknown) | undefined;
};

/** What went wrong, what to do, the request's code for support, and a way to try again. Announced when it appears. */
export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const { code, requestId } = errorView(error);
  return (
    <div className={styles["notice"]} role="alert">
      <p>
        <span className={styles["title"]}>{title ?? t("errors.title")}. </span>
        {t(`errors.code.${code}`)}
      </p>
      {requestId !== undefined && <p className="note">{t("common.requestId", { id: requestId })}</p>}
      {onRetry !== undefined && (
        <Button variant="default" onClick={() => void onRetry()}>
          {t("common.retry")}
        </Button>
      )}
    </div>
  );
}
