import { expect, test } from "bun:test";
import type { CartLine } from "./Cart.ts";
import { createCartStore } from "./cartStore.ts";

const LINE: CartLine = {
  product: { id: "7", seller_id: "1", name: "Dorado", unit: "libra", price: 450, iva_bp: 0, stock: 10 },
  quantity: 2,
};

function memoryStorage(initial?: string) {
  let stored = initial ?? null;
  return { getItem: () => stored, setItem: (_key: string, value: string) => void (stored = value) };
}

test("the cart is there after a reload, with the key that makes its order safe to repeat", () => {
  const storage = memoryStorage();
  const before = createCartStore(storage);
  before.setLines([LINE]);
  expect(createCartStore(storage).get()).toEqual(before.get());
});

test("another cart is another intent: its key changes", () => {
  const store = createCartStore(memoryStorage());
  store.setLines([LINE]);
  const { key } = store.get();
  store.setLines([{ ...LINE, quantity: 3 }]);
  expect(store.get().key).not.toBe(key);
});

test.each(["", "null", "{", '{"lines":[{"quantity":-1}]}', '{"key":"12345678","lines":"x"}'])(
  "a stored cart that cannot be read (%p) is an empty one",
  (stored) => {
    expect(createCartStore(memoryStorage(stored)).get().lines).toEqual([]);
  },
);

test("a storage that refuses does not lose the cart on screen", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const store = createCartStore({ getItem: refuse, setItem: refuse });
  let calls = 0;
  const stop = store.subscribe(() => (calls += 1));
  store.setLines([LINE]);
  stop();
  store.setLines([]);
  expect(calls).toBe(1);
});
