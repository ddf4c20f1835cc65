import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useForm } from "../../components/useForm.ts";
import { useSession } from "../../hooks/useSession.ts";
import { faultsOfRefusal, readRegistration } from "./credentials.ts";
import styles from "./CredentialsForm.module.css";

/** Makes a client, or a seller with a shop, and logs in. */
export function RegisterPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [sells, setSells] = useState(false);
  const { form, field, sending, error } = useForm({
    initial: { name: "", email: "", password: "", shop: "" },
    read: (draft) => readRegistration(draft, sells),
    send: session.register,
    faultsOfRefusal,
    words: (fault) => t(`session.${fault}`),
  });

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.registerTitle")} subtitle={t("session.registerIntro")} />
      <form {...form} className={styles["form"]}>
        <TextInput {...field("name")} label={t("session.name")} autoComplete="name" maxLength={120} />
        <TextInput
          {...field("email")}
          label={t("session.email")}
          type="email"
          autoComplete="username"
          maxLength={254}
        />
        <PasswordInput
          {...field("password")}
          label={t("session.password")}
          description={t("session.passwordHint")}
          autoComplete="new-password"
          maxLength={128}
          visibilityToggleButtonProps={{ "aria-label": t("session.showPassword") }}
        />
        <Checkbox
          label={t("session.openShop")}
          color="var(--ink)"
          iconColor="var(--panel)"
          checked={sells}
          onChange={({ currentTarget }) => setSells(currentTarget.checked)}
        />
        {sells && <TextInput {...field("shop")} label={t("session.shopName")} maxLength={120} />}
        {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
        <Button type="submit" loading={sending}>
          {t("session.submitRegister")}
        </Button>
      </form>
      <p>
        <Link to="/login">{t("session.toLogin")}</Link>
      </p>
    </div>
  );
}
