import { useRouter } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { LiveIndicator } from "../components/LiveIndicator.tsx";
import { useSession } from "../hooks/useSession.ts";
import { AccountTools } from "./AccountTools.tsx";
import { Brand } from "./Brand.tsx";
import styles from "./Header.module.css";
import { NavLinks } from "./NavLinks.tsx";

/** One row at any width: on a narrow screen the links and tools move into a menu, the indicator stays in sight. */
export function Header() {
  const { t } = useTranslation();
  const { status } = useSession();
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onBeforeNavigate", () => {
        if (menu.current?.matches(":popover-open") === true) menu.current.hidePopover();
      }),
    [router],
  );
  return (
    <header className={styles["header"]}>
      <div className={styles["bar"]}>
        <Brand />
        <nav className={styles["wide"]} aria-label={t("common.mainNavigation")}>
          <NavLinks />
        </nav>
        <div className={styles["end"]}>
          {status === "signed_in" && <LiveIndicator />}
          <div className={`${styles["tools"]} ${styles["wide"]}`}>
            <AccountTools />
          </div>
          <button
            type="button"
            className={`${styles["tool"]} ${styles["menuButton"]}`}
            popoverTarget={menuId}
            aria-label={t("common.menu")}
          >
            <svg viewBox="0 0 20 14" width="20" height="14" stroke="currentColor" strokeWidth="2" aria-hidden="true">
              <path d="M0 1h20M0 7h20M0 13h20" />
            </svg>
          </button>
        </div>
      </div>
      <div id={menuId} ref={menu} popover="auto" className={styles["menu"]}>
        <nav aria-label={t("common.mainNavigation")}>
          <NavLinks />
        </nav>
        <div className={styles["tools"]}>
          <AccountTools />
        </div>
      </div>
    </header>
  );
}
