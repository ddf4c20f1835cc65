import { type RefObject, useEffect, useRef } from "react";
import { isFaultless } from "./draft.ts";

/** For the `ref` of a form: when something is found wrong, the focus goes to the first field that says so. */
export function useFaultFocus(faults: Readonly<Record<string, unknown>>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!isFaultless(faults)) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  return form;
}
