import { type ReactNode, useId } from "react";
import styles from "./Panel.module.css";
import { ThinProgress } from "./ThinProgress.tsx";

type PanelProps = {
  readonly title: string;
  /** For a panel that is all of its page: the heading is only heard. */
  readonly titleHidden?: boolean;
  /** Controls of this panel alone, at the end of its heading. */
  readonly actions?: ReactNode;
  readonly refreshing?: boolean;
  readonly children: ReactNode;
};

/** A white sheet with a hairline border and a heading of level 2. */
export function Panel({ title, titleHidden = false, actions, refreshing = false, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={styles["panel"]} aria-labelledby={heading}>
      <ThinProgress active={refreshing} />
      <div className={titleHidden ? "visually-hidden" : styles["head"]}>
        <h2 id={heading}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
