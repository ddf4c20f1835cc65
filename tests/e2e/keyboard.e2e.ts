import type { Page } from "@playwright/test";
import { address, logIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const MOST_TABS = 60;

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < MOST_TABS; count += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
    if (name.test(focused)) return;
  }
  throw new Error(`no control ${name} within ${MOST_TABS} tabs`);
}

test("the first stop of the keyboard skips to the content", async ({ page }) => {
  await page.goto(address("/login"));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Saltar al contenido" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.getByRole("main").evaluate((main) => main.contains(document.activeElement))).toBe(true);
});

test("a client logs in and orders with the keyboard alone", async ({ page }) => {
  await page.goto(address("/login"));
  await page.getByLabel("Correo electrónico").focus();
  await page.keyboard.type("cliente2@espigon.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type("espigon-demo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Pesca de hoy" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Agregar .+ al carrito$/ }).first()).toBeVisible();
  await tabTo(page, /^Agregar .+ al carrito$/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("está en el carrito.").first()).toBeVisible();
  await page.goto(address("/cart"));
  await expect(page.getByRole("button", { name: "Hacer el pedido" })).toBeVisible();
  await tabTo(page, /^Hacer el pedido$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/orders$/);
});

test("a seller's decision can be left and taken with the keyboard alone", async ({ page }) => {
  await logIn(page, "vendedor2");
  await page.goto(address("/seller/orders"));
  await expect(page.getByRole("button", { name: /^Aprobar pago/ }).first()).toBeVisible();
  await tabTo(page, /^Aprobar pago: /);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  // The dialog takes the focus some moments after it is in sight.
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: /^Aprobar pago/ }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await tabTo(page, /^Aprobar pago$/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Pago aprobado: pedido \d+/).first()).toBeVisible();
});
