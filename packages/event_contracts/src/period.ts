/** Periods that move with the present business day. */
export const PERIOD_PRESETS = [
  "TODAY",
  "YESTERDAY",
  "LAST_7_DAYS",
  "LAST_30_DAYS",
  "LAST_90_DAYS",
  "THIS_MONTH",
  "PREVIOUS_MONTH",
] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/** The longest period that statistics are told of, in days, its first and last among them: a leap year. */
export const MAX_PERIOD_DAYS = 366;
