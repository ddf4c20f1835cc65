import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

type EmptyStateProps = { readonly text: string; readonly detail?: string; readonly children?: ReactNode };

/** Says that there is nothing, and (as children) what to do next. */
export function EmptyState({ text, detail, children }: EmptyStateProps) {
  return (
    <div className={styles["empty"]}>
      <p className={styles["text"]}>
        {text} {detail}
      </p>
      {children}
    </div>
  );
}
