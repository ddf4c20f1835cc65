import type { Cancel, Scheduler } from "@espigon/realtime_client";
import { businessDayAt } from "../i18n/format.ts";
import type { LiveQueries } from "./createLiveQueries.ts";

/** Asks nobody: it only looks at the clock. A timer to midnight would be late by as long as the computer sleeps. */
const LOOK_EVERY_MS = 10_000;
/** How far this clock may be ahead of the servers': who asks before their midnight is told of the day that ends. */
const AHEAD_MS = 5_000;

/**
 * Reads all that is shown again when the business day turns, which no event tells: «Hoy» is another day then. Pages look
 * at moments of their own, so that they do not all ask at once. @returns its end
 */
export function followBusinessDay(deps: {
  readonly scheduler: Scheduler;
  readonly liveQueries: Pick<LiveQueries, "refetchAll">;
}): Cancel {
  const { scheduler } = deps;
  const day = () => businessDayAt(scheduler.now() - AHEAD_MS);
  let shown = day();
  const look = (): void => {
    cancel = scheduler.after(LOOK_EVERY_MS, look);
    if (day() === shown) return;
    shown = day();
    deps.liveQueries.refetchAll();
  };
  let cancel = scheduler.after(LOOK_EVERY_MS, look);
  return () => cancel();
}
