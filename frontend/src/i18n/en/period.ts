import type { Translation } from "../Translation.ts";

export const period: Translation["period"] = {
  label: "Period",
  TODAY: "Today",
  YESTERDAY: "Yesterday",
  LAST_7_DAYS: "Last 7 days",
  LAST_30_DAYS: "Last 30 days",
  LAST_90_DAYS: "Last 90 days",
  THIS_MONTH: "This month",
  PREVIOUS_MONTH: "Previous month",
  CUSTOM: "Choose dates",
  from: "From",
  to: "To",
  apply: "Apply",
  range: "{{from}} to {{to}}",
  badOrder: "“From” must come before “To”.",
  tooLong: "Choose at most {{days}} days.",
  granularity: "Group by",
  DAY: "Day",
  WEEK: "Week",
  MONTH: "Month",
};
