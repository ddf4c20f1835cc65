import { type RefObject, useEffect, useRef } from "react";

const HIGHLIGHT_MS = 1_400;

/** Tints an element for a moment when `value` changes; not when it first appears, and not where motion is unwanted. */
export function useChangeHighlight<Element extends HTMLElement>(value: string): RefObject<Element | null> {
  const element = useRef<Element>(null);
  const shown = useRef(value);
  useEffect(() => {
    if (shown.current === value) return;
    shown.current = value;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    element.current?.animate([{ backgroundColor: "var(--depth-1)" }, { backgroundColor: "transparent" }], {
      duration: HIGHLIGHT_MS,
      easing: "ease-out",
    });
  }, [value]);
  return element;
}
