import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Live } from "../hooks/Live.ts";
import { useStaleSince } from "./useStaleSince.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { errorView } from "./errorView.ts";
import styles from "./LiveContent.module.css";
import { Skeleton } from "./Skeleton.tsx";

type LiveContentProps<Data> = {
  readonly read: Pick<Live<Data>, "data" | "error" | "refetch">;
  readonly skeleton?: ReactNode;
  readonly children: (data: Data) => ReactNode;
};

/**
 * One widget's states: a skeleton on the first load only; an error with a retry where nothing can be shown; otherwise
 * the data, dimmed while it is known to be stale, with a line above it when the last read failed.
 */
export function LiveContent<Data>({ read, skeleton, children }: LiveContentProps<Data>) {
  const { t } = useTranslation();
  const staleSince = useStaleSince();
  const { data, error, refetch } = read;
  if (data === undefined) {
    return error ? <ErrorNotice error={error} onRetry={refetch} /> : (skeleton ?? <Skeleton />);
  }
  const stale = staleSince !== null || error !== undefined;
  return (
    <>
      {error !== undefined && (
        <p className={styles["warning"]} role="alert">
          {t(`errors.code.${errorView(error).code}`)}
          <button type="button" className="link-button" onClick={refetch}>
            {t("common.retry")}
          </button>
        </p>
      )}
      <div className={stale ? styles["stale"] : undefined} data-stale={stale}>
        {children(data)}
      </div>
    </>
  );
}
