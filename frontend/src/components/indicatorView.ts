import type { LiveStatus } from "../lib/LiveStatus.ts";

export type IndicatorTone = "ok" | "warn" | "off" | "bad";
export type IndicatorIcon = "dot" | "spinner" | "clock" | "slashed" | "lock";

/** How a status looks: never by colour alone, so each has its icon and its words (`live.<kind>`). */
export type IndicatorView = { readonly tone: IndicatorTone; readonly icon: IndicatorIcon };

const VIEWS: Record<LiveStatus["kind"], IndicatorView> = {
  live: { tone: "ok", icon: "dot" },
  connecting: { tone: "warn", icon: "spinner" },
  reconnecting: { tone: "warn", icon: "spinner" },
  stale: { tone: "warn", icon: "clock" },
  offline: { tone: "off", icon: "slashed" },
  ended: { tone: "bad", icon: "lock" },
};

export function indicatorView(status: LiveStatus): IndicatorView {
  return VIEWS[status.kind];
}
