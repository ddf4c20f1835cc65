import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../hooks/useSession.ts";
import { changeLanguage } from "../i18n/i18n.ts";
import { otherLanguage } from "../i18n/language.ts";
import { useLanguage } from "../i18n/useFormat.ts";
import styles from "./Header.module.css";

/** Language, light or dark, and the way in or out. */
export function AccountTools() {
  const { t } = useTranslation();
  const { status, user, logout } = useSession();
  const navigate = useNavigate();
  const language = useLanguage();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = useComputedColorScheme("light") === "dark";
  /** Whoever comes next starts at their own place, not where this one was. */
  async function leave() {
    await logout();
    await navigate({ to: "/login", search: {} });
  }

  return (
    <>
      <button
        type="button"
        className={styles["tool"]}
        aria-label={t("common.language")}
        onClick={() => void changeLanguage(otherLanguage(language))}
      >
        {t("common.languageShort")}
      </button>
      <button
        type="button"
        className={styles["tool"]}
        aria-label={t(dark ? "common.themeToLight" : "common.themeToDark")}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
        </svg>
      </button>
      {status === "signed_in" ? (
        <>
          <Link to="/account" className={styles["who"]} aria-label={t("session.accountOf", { name: user?.name })}>
            <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
              <circle cx="8" cy="5" r="3.5" />
              <path d="M1.5 15a6.5 6.5 0 0 1 13 0z" />
            </svg>
            <span>{user?.name}</span>
          </Link>
          <button type="button" className={styles["tool"]} onClick={() => void leave()}>
            {t("common.signOut")}
          </button>
        </>
      ) : (
        <>
          <Link to="/register" className={styles["tool"]}>
            {t("session.registerTitle")}
          </Link>
          <Link to="/login" className={styles["tool"]}>
            {t("common.signIn")}
          </Link>
        </>
      )}
    </>
  );
}
