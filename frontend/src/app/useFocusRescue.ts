import { type RefObject, useEffect } from "react";

/**
 * Live content may take away the very element that has the focus: a row that another person's step has moved elsewhere, a
 * button that its own click has made needless. The focus then goes to the page's heading instead of nowhere.
 */
export function useFocusRescue(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    let focused: EventTarget | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      focused = target;
    };
    /** Whoever clicks beside everything leaves the focus of their own will. */
    const onPointerDown = () => {
      focused = null;
    };
    const observer = new MutationObserver(() => {
      if (!(focused instanceof HTMLElement) || focused.isConnected || hasFocus()) return;
      focused = null;
      element.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    });
    element.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", onPointerDown, true);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", onPointerDown, true);
      observer.disconnect();
    };
  }, [container]);
}

function hasFocus(): boolean {
  return document.activeElement !== null && document.activeElement !== document.body;
}
