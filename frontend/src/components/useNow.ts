import { useSyncExternalStore } from "react";

/** How far the clock of the page moves at once: ages on screen need no more, and all show the same. */
const STEP_MS = 5_000;

/** The present time in milliseconds since 1970, at most 5 s behind, brought up to date by itself: for ages on screen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, STEP_MS / 5);
  return () => clearInterval(timer);
}

function snapshot(): number {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS;
}
