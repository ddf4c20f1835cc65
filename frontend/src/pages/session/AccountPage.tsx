import { Button, PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useNotice } from "../../components/notices.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useForm } from "../../components/useForm.ts";
import { useSession } from "../../hooks/useSession.ts";
import styles from "./CredentialsForm.module.css";
import { passwordFaultsOfRefusal, readPasswordChange } from "./passwordChange.ts";

/** Who is logged in, and a new password for them. */
export function AccountPage(): ReactNode {
  const { t } = useTranslation();
  const notify = useNotice();
  const { user, changePassword } = useSession();
  const { form, field, sending, error, reset } = useForm({
    initial: { present: "", next: "" },
    read: readPasswordChange,
    async send({ present, next }) {
      await changePassword(present, next);
      reset();
      notify(t("session.passwordChanged"));
    },
    faultsOfRefusal: passwordFaultsOfRefusal,
    words: (fault) => t(`session.${fault}`),
  });

  const password = (name: "present" | "next") => ({
    ...field(name),
    maxLength: 128,
    visibilityToggleButtonProps: { "aria-label": t("session.showPassword") },
  });

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.accountTitle")} subtitle={user?.name} />
      <form {...form} className={styles["form"]}>
        <h2 className={styles["heading"]}>{t("session.changePassword")}</h2>
        <p>{t("session.changePasswordIntro")}</p>
        <PasswordInput {...password("present")} label={t("session.presentPassword")} autoComplete="current-password" />
        <PasswordInput
          {...password("next")}
          label={t("session.newPassword")}
          description={t("session.passwordHint")}
          autoComplete="new-password"
        />
        {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
        <Button type="submit" loading={sending}>
          {t("session.submitPassword")}
        </Button>
      </form>
    </div>
  );
}
