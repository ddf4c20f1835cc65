import type { Browser, Page } from "@playwright/test";
import { figure, numberIn } from "./support/figures.ts";
import { aboutOrder, collectFrames, type Frame } from "./support/frames.ts";
import { address, expectLive, logIn, type Person } from "./support/people.ts";
import { placeOrder } from "./support/placeOrder.ts";
import { expect, test } from "./support/test.ts";

type Visitor = { readonly page: Page; readonly frames: readonly Frame[] };

/** Somebody in a browser of their own, at a page, with the green light on. */
async function visit(browser: Browser, person: Person, path: string): Promise<Visitor> {
  const page = await (await browser.newContext({ locale: "es-EC" })).newPage();
  const frames = collectFrames(page);
  await logIn(page, person);
  await page.goto(address(path));
  await expectLive(page);
  return { page, frames };
}

const types = (frames: readonly Frame[]) => [...new Set(frames.map((frame) => frame.type))].sort();

test("an order and its payment reach the figures of those whom they concern, live, and nobody else", async ({
  browser,
}) => {
  const seller = await visit(browser, "vendedor1", "/seller/analytics");
  const otherSeller = await visit(browser, "vendedor2", "/seller/analytics");
  const client = await visit(browser, "cliente1", "/catalog");
  const otherClient = await visit(browser, "cliente2", "/orders");
  const admin = await visit(browser, "admin", "/admin");

  const orders = await numberIn(figure(seller.page, "Pedidos"));
  const sales = await numberIn(figure(seller.page, "Ventas netas"));
  const allOrders = await numberIn(figure(admin.page, "Pedidos"));
  const otherOrders = await numberIn(figure(otherSeller.page, "Pedidos"));
  expect(orders).toBeGreaterThan(0);
  expect(sales).toBeGreaterThan(0);

  await placeOrder(client.page, 2);

  await expect.poll(() => numberIn(figure(seller.page, "Pedidos"))).toBe(orders + 1);
  await expect.poll(() => numberIn(figure(admin.page, "Pedidos"))).toBe(allOrders + 1);
  expect(await numberIn(figure(seller.page, "Ventas netas"))).toBe(sales);

  const row = client.page.getByRole("row").filter({ hasText: "Por pagar" }).first();
  const id = Number(/\d+/.exec((await row.getByRole("link").first().textContent()) ?? "")?.[0]);
  expect(id).toBeGreaterThan(0);

  // The seller approves in a second tab; the first keeps its figures in view.
  const secondTab = await seller.page.context().newPage();
  await secondTab.goto(address("/seller/orders"));
  await secondTab.getByRole("button", { name: `Aprobar pago: Pedido ${id}`, exact: true }).click();
  await secondTab.getByRole("dialog").getByRole("button", { name: "Aprobar pago" }).click();
  await expect(secondTab.getByText(`Pago aprobado: pedido ${id}.`)).toBeVisible();

  await expect.poll(() => numberIn(figure(seller.page, "Ventas netas"))).toBeCloseTo(sales + 9, 2);
  const ownRow = client.page.getByRole("row").filter({ has: client.page.getByRole("link", { name: String(id) }) });
  await expect(ownRow.getByText("Pago verificado")).toBeVisible();
  expect(await numberIn(figure(otherSeller.page, "Pedidos"))).toBe(otherOrders);

  expect(types(aboutOrder(seller.frames, id))).toEqual(["ORDER_UPDATED", "SELLER_STATS_UPDATED"]);
  expect(types(aboutOrder(admin.frames, id))).toEqual(["ADMIN_STATS_UPDATED"]);
  expect(types(aboutOrder(client.frames, id))).toEqual(["ORDER_UPDATED"]);
  for (const { frames } of [otherSeller, otherClient]) {
    expect(types(frames)).toContain("READY");
    expect(aboutOrder(frames, id)).toEqual([]);
  }
  for (const { page } of [seller, otherSeller, client, otherClient, admin]) await page.context().close();
});
