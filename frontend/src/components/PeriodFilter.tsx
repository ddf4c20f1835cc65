import { PERIOD_PRESETS } from "@espigon/event_contracts";
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { choiceOf, type PeriodSearch } from "./period.ts";
import styles from "./PeriodFilter.module.css";
import { RangeForm } from "./RangeForm.tsx";

type PeriodFilterProps = {
  readonly value: PeriodSearch;
  /** The days that the value stands for, as the server resolved them. */
  readonly resolved: { readonly from: string; readonly to: string } | undefined;
  readonly onChange: (value: PeriodSearch) => void;
};

/** Chooses a preset or an own range. Holds only what is being typed: the value lives in the address. */
export function PeriodFilter({ value, resolved, onChange }: PeriodFilterProps) {
  const { t } = useTranslation();
  const chosen = choiceOf(value);
  const [typing, setTyping] = useState(false);
  const choice = typing ? "CUSTOM" : chosen;
  return (
    <div className={styles["filter"]}>
      <NativeSelect
        aria-label={t("period.label")}
        value={choice}
        data={[...PERIOD_PRESETS, "CUSTOM" as const].map((preset) => ({ value: preset, label: t(`period.${preset}`) }))}
        onChange={({ currentTarget }) => {
          const preset = PERIOD_PRESETS.find((name) => name === currentTarget.value);
          setTyping(preset === undefined);
          if (preset !== undefined) onChange({ period: preset });
        }}
      />
      {choice === "CUSTOM" && (
        <RangeForm
          initial={{ from: value.from ?? resolved?.from ?? "", to: value.to ?? resolved?.to ?? "" }}
          onApply={(range) => {
            setTyping(false);
            onChange(range);
          }}
        />
      )}
    </div>
  );
}
