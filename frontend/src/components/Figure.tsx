import type { ReactNode } from "react";
import styles from "./Figure.module.css";
import { useChangeHighlight } from "./useChangeHighlight.ts";

type FigureProps = {
  readonly label: string;
  readonly value: string;
  /** A line below the number: a comparison, an age, a link. */
  readonly note?: ReactNode;
  /** The figure that the page is about: larger, and two columns wide. */
  readonly lead?: boolean;
  readonly span?: 1 | 2;
  /** Something waits for the reader. */
  readonly attention?: boolean;
  /** What exactly is counted. */
  readonly help?: string;
};

/** One number with its name. A changed number is tinted for a moment. */
export function Figure(props: FigureProps) {
  const { label, value, note, lead = false, span = lead ? 2 : 1, attention = false, help } = props;
  const number = useChangeHighlight<HTMLElement>(value);
  return (
    <div className={styles["figure"]} data-span={span} data-lead={lead} data-attention={attention} title={help}>
      <dt className={styles["label"]}>{label}</dt>
      <dd className={styles["value"]} ref={number}>
        {value}
      </dd>
      {note !== undefined && <dd className={styles["note"]}>{note}</dd>}
    </div>
  );
}
