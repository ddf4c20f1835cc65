import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

const HIGHLIGHT_MS = 1_400;

/**
 * Tints an element for a moment when `value` changes; not when it first appears, nor when another language writes it in
 * another way, nor where motion is unwanted.
 */
export function useChangeHighlight<Element extends HTMLElement>(value: string): RefObject<Element | null> {
  const element = useRef<Element>(null);
  const { language } = useTranslation().i18n;
  const shown = useRef({ value, language });
  useEffect(() => {
    const last = shown.current;
    shown.current = { value, language };
    if (last.value === value || last.language !== language) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    element.current?.animate([{ backgroundColor: "var(--depth-1)" }, { backgroundColor: "transparent" }], {
      duration: HIGHLIGHT_MS,
      easing: "ease-out",
    });
  }, [value, language]);
  return element;
}
