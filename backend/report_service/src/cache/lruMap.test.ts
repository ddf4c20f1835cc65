import { expect, test } from "bun:test";
import fc from "fast-check";
import { createLruMap } from "./lruMap.ts";

test("it keeps what was touched last, never more than its capacity", () => {
  const operation = fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e"), write: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(operation), (capacity, operations) => {
      const map = createLruMap<number>(capacity);
      let model: { key: string; value: number }[] = [];
      operations.forEach(({ key, write }, index) => {
        const held = model.find((entry) => entry.key === key);
        expect(map.get(key)).toBe(held?.value as number);
        const value = write ? index : held?.value;
        if (value === undefined) return;
        if (write) map.set(key, value);
        model = [...model.filter((entry) => entry.key !== key), { key, value }].slice(-capacity);
        expect(map.size).toBe(model.length);
      });
    }),
  );
});
