import styles from "./ThinProgress.module.css";

/** A line along the top of its container while data that is already shown is read again. Says nothing aloud. */
export function ThinProgress({ active }: { readonly active: boolean }) {
  return (
    <div className={styles["track"]} aria-hidden="true">
      {active && <div className={styles["bar"]} />}
    </div>
  );
}
