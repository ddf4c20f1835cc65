import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../hooks/useSession.ts";

/** Tells whoever is not logged in what an account is for, in sight at any width. */
export function WaysIn(): ReactNode {
  const { t } = useTranslation();
  const { status } = useSession();
  if (status !== "anonymous") return null;
  return (
    <p>
      {t("catalogue.waysIn")} <Link to="/login">{t("common.signIn")}</Link>
      {" / "}
      <Link to="/register">{t("session.registerTitle")}</Link>
    </p>
  );
}
