import { Button, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useFaultFocus } from "../../components/useFaultFocus.ts";
import { useSession } from "../../hooks/useSession.ts";
import { type CredentialFaults, loginFaults } from "./credentialFaults.ts";
import styles from "./CredentialsForm.module.css";

/** The way in. Where it leads is the router's: logged in, nobody stays on this page. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<CredentialFaults>({});
  const [error, setError] = useState<unknown>(undefined);
  const [sending, setSending] = useState(false);
  const form = useFaultFocus(faults);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = loginFaults({ email, password });
    setFaults(found);
    setError(undefined);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      await session.login(email.trim(), password);
    } catch (cause) {
      setError(cause);
    } finally {
      setSending(false);
    }
  }

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.loginTitle")} subtitle={t("session.loginIntro")} />
      {session.status === "anonymous" && session.ended && (
        <output className={styles["notice"]}>{t("session.ended")}</output>
      )}
      <form ref={form} className={styles["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          type="email"
          autoComplete="username"
          label={t("session.email")}
          value={email}
          error={faults.email !== undefined && t(`session.${faults.email}`)}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          autoComplete="current-password"
          label={t("session.password")}
          visibilityToggleButtonProps={{ "aria-label": t("session.showPassword") }}
          value={password}
          error={faults.password !== undefined && t(`session.${faults.password}`)}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
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
