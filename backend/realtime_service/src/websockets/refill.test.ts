import { afterEach, expect, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import { SELLER_1, startNode, type TestNode } from "../testing/harness.ts";
import { orderEntries } from "../testing/orderEntry.ts";

let node: TestNode;
afterEach(() => node.stop());

test("who comes back while the log is being filled again under a new node hears all of the rest, and nothing twice", async () => {
  const broker = memoryBroker();
  node = await startNode({}, broker);
  await broker.append(orderEntries(1, 600));
  await node.untilSent(600);
  // The node and its Redis died after 500; the client missed 501 to 1000 and heard nothing yet.
  const seller = await node.connect(SELLER_1);
  seller.send({ type: "RESUME", seq: 500 });
  const dirty = await seller.next("DIRTY");
  expect(dirty).toMatchObject({ since: 500, seq: 600 });
  await broker.append(orderEntries(601, 1000));
  await node.untilSent(1000);
  await broker.append(orderEntries(1001, 1001));
  await node.untilSent(1001);
  await seller.settle();

  const told = seller.ofType("ORDER_UPDATED").map(({ seq }) => seq);
  expect(told).toEqual(Array.from({ length: 401 }, (_, index) => 601 + index));
  const orders = (dirty["events"] as { type: string; seq: number }[]).filter(({ type }) => type === "ORDER_UPDATED");
  expect(new Set(orders.map(({ seq }) => seq))).toEqual(
    new Set(Array.from({ length: 100 }, (_, index) => 501 + index)),
  );
});
