import type { PageSignals } from "./PageSignals.ts";

/** A page that is hidden, shown and woken by a test. */
export function createFakeSignals() {
  const wakers = new Set<() => void>();
  let visible = true;
  const signals: PageSignals = {
    isVisible: () => visible,
    onWake(listener) {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };
  const wake = () => {
    for (const waker of wakers) waker();
  };
  return {
    signals,
    wake,
    hide: () => {
      visible = false;
    },
    /** Which wakes it. */
    show: () => {
      visible = true;
      wake();
    },
  };
}
