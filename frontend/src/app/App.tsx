import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { NoticeProvider } from "../components/NoticeProvider.tsx";
import { useServices } from "../hooks/useServices.ts";
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
  const { session } = useServices();
  const { status } = useSession();
  useEffect(() => session.subscribe(() => void router.invalidate()), [router, session]);
  if (status === "loading") {
    return <output className={styles["splash"]}>{t("session.restoring")}</output>;
  }
  return <RouterProvider router={router} />;
}
