import { type ReactNode, useId } from "react";
import styles from "./Panel.module.css";
import { ThinProgress } from "./ThinProgress.tsx";

type PanelProps = {
  readonly title: string;
  /** Controls of this panel alone, at the end of its heading. */
  readonly actions?: ReactNode;
  readonly refreshing?: boolean;
  readonly children: ReactNode;
};

/** A white sheet with a hairline border and a heading of level 2. */
export function Panel({ title, actions, refreshing = false, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={styles["panel"]} aria-labelledby={heading}>
      <ThinProgress active={refreshing} />
      <div className={styles["head"]}>
        <h2 id={heading}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
