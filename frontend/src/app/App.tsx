import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { NoticeProvider } from "../components/NoticeProvider.tsx";
import { useSession } from "../hooks/useSession.ts";
import styles from "./App.module.css";
import { colorSchemeManager } from "./colorScheme.ts";
import type { AppRouter } from "./router.ts";
import { theme } from "./theme.ts";

/**
 * The providers around the pages. Mantine injects no style element: its variables are set in styles/mantine.css, so
 * the page can forbid inline styles in its Content-Security-Policy.
 */
export function App({ router }: { readonly router: AppRouter }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <NoticeProvider>
        <Pages router={router} />
      </NoticeProvider>
    </MantineProvider>
  );
}

/** Shows nothing to anyone before it is known who they are; guards are asked again whenever that changes. */
function Pages({ router }: { readonly router: AppRouter }) {
  const { t } = useTranslation();
  const { status, user } = useSession();
  useEffect(() => {
    if (status !== "loading") void router.invalidate();
  }, [router, status, user]);
  if (status === "loading") {
    return (
      <p className={styles["splash"]} role="status">
        {t("session.restoring")}
      </p>
    );
  }
  return <RouterProvider router={router} />;
}
