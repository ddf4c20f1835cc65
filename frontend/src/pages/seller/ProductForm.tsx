import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useFaultFocus } from "../../components/useFaultFocus.ts";
import { Unit } from "../../lib/resources.ts";
import styles from "./ProductForm.module.css";
import {
  changesSince,
  type DraftFault,
  type DraftFaults,
  type ProductBody,
  type ProductDraft,
  readDraft,
} from "./productDraft.ts";

type ProductFormProps = {
  readonly initial: ProductDraft;
  /**
   * Saves what was changed since the form was opened, which is everything for a new product; rejects with why it could
   * not. What was not touched is left out: stock goes on being sold while somebody edits the price.
   */
  readonly onSave: (changes: Partial<ProductBody>) => Promise<void>;
};

/** A product's fields. Says what is wrong beside the field, when it is sent. */
export function ProductForm({ initial, onSave }: ProductFormProps) {
  const { t } = useTranslation();
  const [opened] = useState(initial);
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<DraftFaults>({});
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const form = useFaultFocus(faults);

  async function save(event: FormEvent) {
    event.preventDefault();
    const read = readDraft(draft);
    setFaults("faults" in read ? read.faults : {});
    if ("faults" in read) return;
    setSaving(true);
    setError(undefined);
    try {
      await onSave(changesSince(opened, read.body));
    } catch (cause) {
      setError(cause);
      setSaving(false);
    }
  }

  const words = (fault: DraftFault | undefined) =>
    fault !== undefined && (fault === "missing" ? t("session.missing") : t(`products.${fault}`));
  const field = (name: keyof ProductDraft) => ({
    name,
    label: t(
      name === "low_stock_threshold" ? "products.threshold" : name === "iva_bp" ? "products.iva" : `products.${name}`,
    ),
    value: draft[name],
    error: words(faults[name]),
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: value }),
  });

  return (
    <form ref={form} className={styles["form"]} onSubmit={(event) => void save(event)} noValidate>
      <TextInput {...field("name")} maxLength={120} />
      <Textarea {...field("description")} maxLength={2000} rows={3} />
      <div className={styles["pair"]}>
        <TextInput {...field("category")} maxLength={60} />
        <NativeSelect
          {...field("unit")}
          data={Unit.options.map((unit) => ({ value: unit, label: t(`common.unitName.${unit}`) }))}
        />
        <TextInput {...field("price")} inputMode="decimal" />
        <NativeSelect
          {...field("iva_bp")}
          data={[
            { value: "0", label: t("products.iva0") },
            { value: "1500", label: t("products.iva1500") },
          ]}
        />
        <TextInput {...field("stock")} inputMode="numeric" />
        <TextInput {...field("low_stock_threshold")} inputMode="numeric" />
      </div>
      {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
      <div>
        <Button type="submit" loading={saving}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
