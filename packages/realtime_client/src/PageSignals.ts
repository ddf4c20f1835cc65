/** What the surroundings tell a client. */
export type PageSignals = {
  /** Whether somebody can see the page: then silence is questioned early. */
  readonly isVisible: () => boolean;
  /** Calls back when the page is seen again or the network is back: time to look whether the link still lives. */
  readonly onWake: (listener: () => void) => () => void;
};

/** Those of a browser page; elsewhere always visible, never woken. */
export function browserSignals(): PageSignals {
  if (typeof document === "undefined" || typeof window === "undefined") {
    return { isVisible: () => true, onWake: () => () => {} };
  }
  return {
    isVisible: () => !document.hidden,
    onWake(listener) {
      const onVisibility = () => {
        if (!document.hidden) listener();
      };
      document.addEventListener("visibilitychange", onVisibility);
      window.addEventListener("online", listener);
      window.addEventListener("pageshow", listener);
      return () => {
        document.removeEventListener("visibilitychange", onVisibility);
        window.removeEventListener("online", listener);
        window.removeEventListener("pageshow", listener);
      };
    },
  };
}
