import { useCallback, useLayoutEffect, useRef } from "react";

/** Reads the value of the latest render, for callbacks that outlive theirs. The function itself never changes. */
export function useLatest<Value>(value: Value): () => Value {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return useCallback(() => ref.current, []);
}
