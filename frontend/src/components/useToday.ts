import { useSyncExternalStore } from "react";
import { businessDayAt } from "../i18n/format.ts";

const LOOK_EVERY_MS = 10_000;

/** The present business day, such as `2026-11-24`; renders anew only when the day turns. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, snapshot);
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function snapshot(): string {
  return businessDayAt(Date.now());
}
