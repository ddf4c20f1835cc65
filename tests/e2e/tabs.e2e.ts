import type { Page } from "@playwright/test";
import { figure, numberIn } from "./support/figures.ts";
import { address, expectLive, logIn } from "./support/people.ts";
import { placeOrder } from "./support/placeOrder.ts";
import { expect, test } from "./support/test.ts";

/** The sockets that a page has open to the realtime service. Call it before the first `goto`. */
function openSockets(page: Page): () => number {
  let open = 0;
  page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => (open -= 1));
  });
  return () => open;
}

test("two tabs share one connection; when the one that holds it is closed, the other goes on", async ({
  page: one,
  context,
  browser,
}) => {
  const socketsOfOne = openSockets(one);
  // No second load: of a socket that a load has ended nothing is told.
  await logIn(one, "vendedor1");
  await expect(one).toHaveURL(/\/seller\/analytics/);
  await expectLive(one);
  const two = await context.newPage();
  const socketsOfTwo = openSockets(two);
  await two.goto(address("/seller/analytics"));
  await expectLive(two);
  await expect.poll(() => [socketsOfOne(), socketsOfTwo()]).toEqual([1, 0]);

  const client = await (await browser.newContext({ locale: "es-EC" })).newPage();
  await logIn(client, "cliente1");
  await client.goto(address("/catalog"));
  const orders = await numberIn(figure(two, "Pedidos"));
  await placeOrder(client);
  for (const page of [one, two]) await expect.poll(() => numberIn(figure(page, "Pedidos"))).toBe(orders + 1);

  await one.close();
  await client.goto(address("/catalog"));
  await placeOrder(client);
  await expect.poll(() => numberIn(figure(two, "Pedidos"))).toBe(orders + 2);
  await expectLive(two);
  await expect.poll(socketsOfTwo).toBe(1);
  await client.context().close();
});

test("who leaves in one tab has left in all", async ({ page: one, context }) => {
  await logIn(one, "vendedor2");
  await one.goto(address("/seller/analytics"));
  const two = await context.newPage();
  const socketsOfTwo = openSockets(two);
  await two.goto(address("/seller/analytics"));
  await expectLive(two);
  await one.getByRole("button", { name: "Salir" }).click();
  await expect(two).toHaveURL(/\/login/);
  await expect.poll(socketsOfTwo).toBe(0);
});
