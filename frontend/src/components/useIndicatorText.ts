import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { LiveStatus } from "../lib/LiveStatus.ts";
import { useNow } from "./useNow.ts";

/** The words of the indicator: those on the button, which may count, and those said aloud, which change by kind only. */
export function useIndicatorText(status: LiveStatus): { readonly shown: string; readonly spoken: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const spoken =
    status.kind === "stale" ? t("live.stale", { age: format.ago(now - status.since) }) : t(`live.${status.kind}`);
  switch (status.kind) {
    case "live":
    case "connecting":
    case "ended":
    case "stale":
      return { shown: spoken, spoken };
    case "reconnecting":
      return {
        shown: status.attempt > 1 ? t("live.reconnectingAttempt", { attempt: status.attempt }) : spoken,
        spoken,
      };
    case "offline":
      // Without a network no try is planned.
      return {
        shown: status.retryInMs > 0 ? t("live.offlineRetry", { seconds: Math.ceil(status.retryInMs / 1000) }) : spoken,
        spoken,
      };
  }
}
