import type { IndicatorIcon as IconName } from "./indicatorView.ts";
import styles from "./LiveIndicator.module.css";

const STROKE = { fill: "none", stroke: "currentColor", strokeWidth: 1.8, strokeLinecap: "round" } as const;

/** 14 px drawings that differ by shape, not only by colour. */
export function IndicatorIcon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles[name]} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {name === "dot" && <circle cx="7" cy="7" r="4" fill="currentColor" />}
      {name === "spinner" && <path {...STROKE} d="M7 2a5 5 0 1 1-4.6 3" />}
      {name === "clock" && <path {...STROKE} d="M7 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 7 1.6M7 4v3.2l2 1.2" />}
      {name === "slashed" && <path {...STROKE} d="M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2M2.5 11.5l9-9" />}
      {name === "lock" && <path {...STROKE} d="M3 6.5h8v5.5H3zM4.7 6.2V4.3a2.3 2.3 0 0 1 4.6 0v1.9" />}
    </svg>
  );
}
