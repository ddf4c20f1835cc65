import { orderEntries } from "./orderEntry.ts";
import type { TestNode } from "./harness.ts";

/**
 * Publishes to seller 1 and client 7 until far more than any socket buffer holds has gone out: 400 orders, and then the
 * numbered ones 1 to 3. One by one, since what is published in one go beyond the limit of a socket is skipped, and fills
 * nothing.
 */
export async function storm({ broker }: Pick<TestNode, "broker">): Promise<void> {
  const filler = "x".repeat(60_000);
  for (let index = 0; index < 400; index += 1) {
    const metadata = { order_id: index, filler };
    await broker.publish("events", JSON.stringify({ type: "ORDER_UPDATED", seller_id: "1", client_id: "7", metadata }));
    await Bun.sleep(1);
  }
  await broker.append(orderEntries(1, 3));
}
