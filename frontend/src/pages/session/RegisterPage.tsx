import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { useFaultFocus } from "../../components/useFaultFocus.ts";
import { useSession } from "../../hooks/useSession.ts";
import { type CredentialFaults, faultsOfRefusal, registrationFaults } from "./credentialFaults.ts";
import styles from "./CredentialsForm.module.css";

/** Makes a client, or a seller with a shop, and logs in. */
export function RegisterPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [draft, setDraft] = useState({ name: "", email: "", password: "", shop: "" });
  const [sells, setSells] = useState(false);
  const [faults, setFaults] = useState<CredentialFaults>({});
  const [error, setError] = useState<unknown>(undefined);
  const [sending, setSending] = useState(false);
  const form = useFaultFocus(faults);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { name, email, password, shop } = draft;
    const found = registrationFaults({ name, email, password, shop: sells ? shop : null });
    setFaults(found);
    setError(undefined);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      const account = { name: name.trim(), email: email.trim(), password };
      await session.register({ ...account, ...(sells ? { seller: { name: shop.trim() } } : {}) });
    } catch (cause) {
      const named = faultsOfRefusal(cause);
      setFaults(named);
      if (Object.keys(named).length === 0) setError(cause);
    } finally {
      setSending(false);
    }
  }

  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    error: faults[name] !== undefined && t(`session.${faults[name]}`),
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: value }),
  });

  return (
    <div className={styles["page"]}>
      <PageHeader title={t("session.registerTitle")} subtitle={t("session.registerIntro")} />
      <form ref={form} className={styles["form"]} onSubmit={(event) => void submit(event)} noValidate>
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
