/** Whether somebody can see the page. */
export type PageVisibility = {
  readonly isVisible: () => boolean;
  /** Calls back when it may have changed. */
  readonly subscribe: (listener: () => void) => () => void;
};

export function pageVisibility(): PageVisibility {
  if (typeof document === "undefined") return { isVisible: () => true, subscribe: () => () => {} };
  return {
    isVisible: () => !document.hidden,
    subscribe(listener) {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
  };
}
