import { MAX_PERIOD_DAYS } from "@espigon/event_contracts";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RangeFault, rangeFault } from "./period.ts";
import styles from "./PeriodFilter.module.css";

type Range = { readonly from: string; readonly to: string };
type RangeFormProps = { readonly initial: Range; readonly onApply: (range: Range) => void };

/** Two business days and a button; says why a range cannot be taken. */
export function RangeForm({ initial, onApply }: RangeFormProps) {
  const { t } = useTranslation();
  const faultId = useId();
  const [range, setRange] = useState(initial);
  const [fault, setFault] = useState<RangeFault | null>(null);

  function apply(event: FormEvent) {
    event.preventDefault();
    const found = rangeFault(range.from, range.to);
    setFault(found);
    if (found === null) onApply(range);
  }

  return (
    <form className={styles["filter"]} onSubmit={apply}>
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          required
          withAsterisk={false}
          label={t(`period.${end}`)}
          value={range[end]}
          aria-describedby={fault === null ? undefined : faultId}
          onChange={({ currentTarget: { value } }) => setRange({ ...range, [end]: value })}
        />
      ))}
      <Button type="submit" variant="default">
        {t("period.apply")}
      </Button>
      {fault !== null && (
        <p className={styles["fault"]} id={faultId} role="alert">
          {t(`period.${fault}`, { days: MAX_PERIOD_DAYS })}
        </p>
      )}
    </form>
  );
}
