import { newIdempotencyKey } from "../../../lib/newIdempotencyKey.ts";
import { Cart, type CartLine } from "./Cart.ts";

const STORAGE_KEY = "espigon-cart";

/** The cart of this browser: kept over a reload, shared by its tabs. */
export type CartStore = {
  readonly get: () => Cart;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setLines: (lines: readonly CartLine[]) => void;
};

/** `storage` may refuse to work (private mode): the cart then lives as long as the page. */
export function createCartStore(storage: Pick<Storage, "getItem" | "setItem"> | null): CartStore {
  const listeners = new Set<() => void>();
  let cart = read(storage);

  function changed(next: Cart): void {
    cart = next;
    for (const listener of listeners) listener();
  }

  if (typeof window !== "undefined") {
    window.addEventListener("storage", ({ key }) => {
      if (key === STORAGE_KEY) changed(read(storage));
    });
  }

  return {
    get: () => cart,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setLines(lines) {
      changed({ key: newIdempotencyKey(), lines: [...lines] });
      try {
        storage?.setItem(STORAGE_KEY, JSON.stringify(cart));
      } catch {
        // Full or forbidden: the cart lives as long as the page.
      }
    },
  };
}

function read(storage: Pick<Storage, "getItem"> | null): Cart {
  try {
    return Cart.parse(JSON.parse(storage?.getItem(STORAGE_KEY) ?? ""));
  } catch {
    return { key: newIdempotencyKey(), lines: [] };
  }
}
