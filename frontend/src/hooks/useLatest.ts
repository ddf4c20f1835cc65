import { type RefObject, useLayoutEffect, useRef } from "react";

/** The value of the latest render, for callbacks that outlive it. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
