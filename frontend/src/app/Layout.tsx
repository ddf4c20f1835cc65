import { Outlet } from "@tanstack/react-router";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "./Header.tsx";
import styles from "./Layout.module.css";
import { useFocusRescue } from "./useFocusRescue.ts";

/** What every page stands in: a way past the header, the header, the page. */
export function Layout(): ReactNode {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  useFocusRescue(main);

  function skip(event: MouseEvent) {
    event.preventDefault();
    main.current?.focus();
  }

  return (
    <>
      <a href="#main" className={styles["skip"]} onClick={skip}>
        {t("common.skipToContent")}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1} className={styles["main"]}>
        <Outlet />
      </main>
    </>
  );
}
