import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveStatus } from "../hooks/useLiveStatus.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { LiveStatus } from "../lib/LiveStatus.ts";
import { IndicatorIcon } from "./IndicatorIcon.tsx";
import { indicatorView } from "./indicatorView.ts";
import styles from "./LiveIndicator.module.css";
import { useAnnouncement } from "./useAnnouncement.ts";
import { useIndicatorText } from "./useIndicatorText.ts";

/** Whether the numbers on screen are live, in icon, words and colour. Opens its details; says changes aloud. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const status = useLiveStatus();
  const details = useId();
  const { tone, icon } = indicatorView(status);
  const { shown, spoken } = useIndicatorText(status);
  const announcement = useAnnouncement(status.kind, spoken);
  return (
    <>
      <button
        type="button"
        className={styles["button"]}
        data-tone={tone}
        data-live={status.kind}
        popoverTarget={details}
        aria-label={`${t("live.label")}: ${shown}`}
      >
        <IndicatorIcon name={icon} />
        <span className={styles["text"]}>{shown}</span>
      </button>
      <output className="visually-hidden">{announcement}</output>
      <section id={details} popover="auto" className={styles["details"]} aria-label={t("live.details")}>
        <p>{t(`live.explain.${status.kind}`)}</p>
        <LastUpdate status={status} />
        {status.kind === "offline" && (
          <button type="button" className="link-button" onClick={status.retry}>
            {t("live.retryNow")}
          </button>
        )}
      </section>
    </>
  );
}

function LastUpdate({ status }: { readonly status: LiveStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [last, setLast] = useState<number | null>(null);
  const known = lastUpdateOf(status) ?? last;
  if (known !== last) setLast(known);
  return (
    <p className="note">
      {t("live.lastUpdate")}: {known === null ? t("live.never") : format.clock(known)}
    </p>
  );
}

function lastUpdateOf(status: LiveStatus): number | null {
  if (status.kind === "live") return status.lastUpdate;
  return status.kind === "stale" || status.kind === "offline" ? status.since : null;
}
