import type { Translation } from "../Translation.ts";

export const live: Translation["live"] = {
  label: "State of the data",
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  reconnectingAttempt: "Reconnecting ({{attempt}})",
  stale: "Data from {{age}}",
  offline: "Offline",
  offlineRetry: "Offline, retrying in {{seconds}} s",
  ended: "Session ended",
  details: "Connection details",
  lastUpdate: "Last update",
  never: "none yet",
  explain: {
    live: "The numbers change by themselves as soon as something happens.",
    connecting: "Opening the connection. The numbers can be read already.",
    reconnecting: "The connection was lost and another is being opened. The numbers stay as they were.",
    stale: "The numbers may have changed. “Refresh” reads them right now.",
    offline: "There is no network. The numbers are the last that arrived.",
    ended: "Sign in again to go on receiving changes.",
  },
  retryNow: "Try again now",
};
