import { expect, type Page } from "@playwright/test";

/** From the catalogue to the list of orders, as a client would: so many pounds of a fish at $4,50 each, free of IVA. */
export async function placeOrder(page: Page, pounds = 1): Promise<void> {
  const add = page.getByRole("button", { name: "Agregar Corvina de roca al carrito" });
  for (let count = 0; count < pounds; count += 1) await add.click();
  await page.getByRole("link", { name: /^Carrito/ }).click();
  await expect(page.getByRole("row").filter({ hasText: "Corvina de roca" })).toContainText("Pesca Fresca Tarqui");
  await page.getByRole("button", { name: "Hacer el pedido" }).click();
  await expect(page).toHaveURL(/\/orders$/);
}
