import { Link } from "@tanstack/react-router";
import styles from "./Header.module.css";

/** The mark: armour blocks of a breakwater. */
export function Brand() {
  return (
    <Link to="/" className={styles["brand"]}>
      <svg viewBox="0 0 28 16" width="28" height="16" fill="currentColor" aria-hidden="true">
        <path d="M0 15l4.2-6h4.6l-4.2 6zm9.4 0l4.2-6h4.6L14 15zm9.4 0L23 9h4.6l-4.2 6zM7.6 7l4.2-6h4.6l-4.2 6zM17 7l4.2-6h4.6l-4.2 6z" />
      </svg>
      <span>
        Espigón<span className={styles["place"]}> Manta</span>
      </span>
    </Link>
  );
}
