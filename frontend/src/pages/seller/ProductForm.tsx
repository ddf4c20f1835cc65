import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useForm } from "../../components/useForm.ts";
import { Unit } from "../../lib/resources.ts";
import styles from "./ProductForm.module.css";
import { changesSince, type DraftFault, type ProductBody, type ProductDraft, readDraft } from "./productDraft.ts";

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
  const { form, field, sending, error } = useForm({
    initial,
    read: readDraft,
    send: (body) => onSave(changesSince(opened, body)),
    words: (fault: DraftFault) => (fault === "missing" ? t("session.missing") : t(`products.${fault}`)),
  });

  const labelled = (name: keyof ProductDraft) => ({
    ...field(name),
    label: t(
      name === "low_stock_threshold" ? "products.threshold" : name === "iva_bp" ? "products.iva" : `products.${name}`,
    ),
  });

  return (
    <form {...form} className={styles["form"]}>
      <TextInput {...labelled("name")} maxLength={120} />
      <Textarea {...labelled("description")} maxLength={2000} rows={3} />
      <div className={styles["pair"]}>
        <TextInput {...labelled("category")} maxLength={60} />
        <NativeSelect
          {...labelled("unit")}
          data={Unit.options.map((unit) => ({ value: unit, label: t(`common.unitName.${unit}`) }))}
        />
        <TextInput {...labelled("price")} inputMode="decimal" />
        <NativeSelect
          {...labelled("iva_bp")}
          data={[
            { value: "0", label: t("products.iva0") },
            { value: "1500", label: t("products.iva1500") },
          ]}
        />
        <TextInput {...labelled("stock")} inputMode="numeric" />
        <TextInput {...labelled("low_stock_threshold")} inputMode="numeric" />
      </div>
      {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
      <div>
        <Button type="submit" loading={sending}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
