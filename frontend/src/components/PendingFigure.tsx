import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { Age } from "./Age.tsx";
import { Figure } from "./Figure.tsx";

type PendingFigureProps = {
  readonly count: number;
  readonly oldestAt: string | null;
  /** Where to go and verify them. */
  readonly action?: ReactNode;
};

/** Payments that wait to be verified; asks for attention only while there are some. */
export function PendingFigure({ count, oldestAt, action }: PendingFigureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const oldest = oldestAt === null ? null : <Age since={oldestAt} text="figures.oldest" />;
  return (
    <Figure
      span={2}
      label={t("figures.pendingVerification")}
      value={format.number(count)}
      attention={count > 0}
      note={
        count > 0 ? (
          <>
            {oldest} {action}
          </>
        ) : (
          t("figures.nonePending")
        )
      }
    />
  );
}
