import { Button, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useForm } from "../../components/useForm.ts";
import { useSession } from "../../hooks/useSession.ts";
import { readLogin } from "./credentials.ts";
import styles from "./CredentialsForm.module.css";

/** The way in. Where it leads is the router's: logged in, nobody stays on this page. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const { form, field, sending, error } = useForm({
    initial: { email: "", password: "" },
    read: readLogin,
    send: ({ email, password }) => session.login(email, password),
    words: (fault) => t(`session.${fault}`),
  });

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.loginTitle")} subtitle={t("session.loginIntro")} />
      {session.status === "anonymous" && session.ended && (
        <output className={styles["notice"]}>{t("session.ended")}</output>
      )}
      <form {...form} className={styles["form"]}>
        <TextInput {...field("email")} type="email" autoComplete="username" label={t("session.email")} />
        <PasswordInput
          {...field("password")}
          autoComplete="current-password"
          label={t("session.password")}
          visibilityToggleButtonProps={{ "aria-label": t("session.showPassword") }}
        />
        {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
        <Button type="submit" loading={sending}>
          {t("session.submitLogin")}
        </Button>
      </form>
      <p>
        <Link to="/register">{t("session.toRegister")}</Link>
      </p>
    </div>
  );
}
