import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useNotice } from "../../components/notices.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useFaultFocus } from "../../components/useFaultFocus.ts";
import { useSession } from "../../hooks/useSession.ts";
import styles from "./CredentialsForm.module.css";
import { passwordFaults, type PasswordFaults, passwordFaultsOfRefusal } from "./passwordFaults.ts";

const EMPTY = { present: "", next: "" };

/** Who is logged in, and a new password for them. */
export function AccountPage(): ReactNode {
  const { t } = useTranslation();
  const notify = useNotice();
  const { user, changePassword } = useSession();
  const [draft, setDraft] = useState(EMPTY);
  const [faults, setFaults] = useState<PasswordFaults>({});
  const [error, setError] = useState<unknown>(undefined);
  const [sending, setSending] = useState(false);
  const form = useFaultFocus(faults);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = passwordFaults(draft);
    setFaults(found);
    setError(undefined);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      await changePassword(draft.present, draft.next);
      setDraft(EMPTY);
      notify(t("session.passwordChanged"));
    } catch (cause) {
      const named = passwordFaultsOfRefusal(cause);
      setFaults(named);
      if (Object.keys(named).length === 0) setError(cause);
    } finally {
      setSending(false);
    }
  }

  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    maxLength: 128,
    error: faults[name] !== undefined && t(`session.${faults[name]}`),
    visibilityToggleButtonProps: { "aria-label": t("session.showPassword") },
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: value }),
  });

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.accountTitle")} subtitle={user?.name} />
      <form ref={form} className={styles["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <h2 className={styles["heading"]}>{t("session.changePassword")}</h2>
        <p>{t("session.changePasswordIntro")}</p>
        <PasswordInput {...field("present")} label={t("session.presentPassword")} autoComplete="current-password" />
        <PasswordInput
          {...field("next")}
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
