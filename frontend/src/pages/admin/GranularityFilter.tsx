import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Granularity } from "../../graphql/generated/documents.ts";
import { GRANULARITIES } from "./adminSearch.ts";
import styles from "./GranularityFilter.module.css";

type GranularityFilterProps = {
  readonly value: Granularity;
  readonly onChange: (granularity: Granularity) => void;
};

/** Day, week or month, as one group of radio buttons. */
export function GranularityFilter({ value, onChange }: GranularityFilterProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={styles["group"]}>
      <legend className="visually-hidden">{t("period.granularity")}</legend>
      {GRANULARITIES.map((granularity) => (
        <label key={granularity} className={styles["choice"]}>
          <input type="radio" name={name} checked={granularity === value} onChange={() => onChange(granularity)} />
          {t(`period.${granularity}`)}
        </label>
      ))}
    </fieldset>
  );
}
