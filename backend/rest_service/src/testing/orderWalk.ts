import { type DomainEvent, ORDER_TRANSITIONS, type OrderEvent, orderEventType } from "@espigon/event_contracts";
import fc from "fast-check";

export type Walk = readonly [OrderEvent, ...OrderEvent[]];

const two = (number: number) => String(number).padStart(2, "0");
const day = fc.integer({ min: 1, max: 30 }).map((day) => `2026-11-${two(day)}`);
/** Times in UTC at which Guayaquil has the same calendar day. */
const time = fc.integer({ min: 5 * 3_600, max: 24 * 3_600 - 1 }).map((second) => {
  return `${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
});
const item = fc
  .record({
    product_id: fc.constantFrom("1", "2", "3"),
    quantity: fc.integer({ min: 1, max: 9 }),
    unit_price: fc.integer({ min: 1, max: 999 }),
  })
  .map((line) => ({ ...line, name: "Albacora", iva_bp: 0, line_total: line.unit_price * line.quantity }));
const items = fc.uniqueArray(item, { minLength: 1, maxLength: 3, selector: ({ product_id }) => product_id });

/** One order's events from its placing on, along the state machine, each step on a day of its own. */
export function orderWalk(orderId = 1): fc.Arbitrary<Walk> {
  return fc
    .record({
      items,
      days: fc.array(day, { minLength: 1, maxLength: 8 }),
      turns: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      times: fc.array(time, { minLength: 9, maxLength: 9 }),
    })
    .map(({ items, times, days: [placedDay = "2026-11-01", ...days], turns }) => {
      const subtotal = items.reduce((sum, { line_total }) => sum + line_total, 0);
      const step = (
        from: OrderEvent["payload"]["from"],
        to: OrderEvent["payload"]["to"],
        version: number,
        day: string,
      ) =>
        ({
          type: orderEventType(to),
          at: `${day}T${times[version] ?? "12:00:00"}Z`,
          day,
          actor: { role: "SYSTEM" },
          metadata: { action: "status_updated" },
          seller_id: "1",
          client_id: "7",
          order_id: orderId,
          payload: { from, to, version, order_day: placedDay, totals: { subtotal, tax: 0, total: subtotal }, items },
        }) satisfies DomainEvent;
      const walk: [OrderEvent, ...OrderEvent[]] = [step(null, "pending_payment", 1, placedDay)];
      for (const [index, day] of days.entries()) {
        const from = walk.at(-1)?.payload.to ?? "pending_payment";
        const ways = ORDER_TRANSITIONS.filter((transition) => transition.from === from);
        const way = ways[(turns[index] ?? 0) % ways.length];
        if (way !== undefined) walk.push(step(from, way.to, index + 2, day));
      }
      return walk;
    });
}
