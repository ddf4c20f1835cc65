import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { createRefetchCoordinator } from "./createRefetchCoordinator.ts";

/** A server whose answers are complete up to the head at the moment of reading, and take a while. */
export function setUpCoordinator(options: { latencyMs?: () => number; random?: () => number } = {}) {
  const scheduler = createFakeScheduler();
  const starts: { at: number; floor: number }[] = [];
  const failures: Error[] = [];
  let visible = true;
  let head = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const coordinator = createRefetchCoordinator({
    scheduler,
    random: options.random ?? (() => 0.5),
    isVisible: () => visible,
    isFinal: (error) => error.message === "final",
    load: (floor) => {
      starts.push({ at: scheduler.now(), floor });
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      const failure = failures.shift();
      const asOf = Math.max(head, floor);
      return new Promise((resolve, reject) => {
        scheduler.after(options.latencyMs?.() ?? 20, () => {
          inFlight -= 1;
          if (failure) reject(failure);
          else resolve(asOf);
        });
      });
    },
  });
  return {
    scheduler,
    coordinator,
    starts,
    failures,
    mostInFlight: () => mostInFlight,
    happen: (spread = false) => {
      head += 1;
      coordinator.hint(head, { spread });
      return head;
    },
    see: (now: boolean) => {
      visible = now;
      coordinator.wake();
    },
  };
}
