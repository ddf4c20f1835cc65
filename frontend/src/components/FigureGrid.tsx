import type { ReactNode } from "react";
import styles from "./FigureGrid.module.css";

/** Four columns of figures, two on a narrow screen. */
export function FigureGrid({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <dl className={styles["grid"]} aria-label={label}>
      {children}
    </dl>
  );
}
