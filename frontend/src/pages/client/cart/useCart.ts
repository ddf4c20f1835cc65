import { useSyncExternalStore } from "react";
import type { Cart, CartLine } from "./Cart.ts";
import { createCartStore } from "./cartStore.ts";

const store = createCartStore(storageOf());

/** The cart, and how to change it. */
export function useCart(): Cart & { readonly setLines: (lines: readonly CartLine[]) => void } {
  const cart = useSyncExternalStore(store.subscribe, store.get);
  return { ...cart, setLines: store.setLines };
}

/** Merely naming the storage throws where it is forbidden. */
function storageOf(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
