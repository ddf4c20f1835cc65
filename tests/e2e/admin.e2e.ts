import { figure, numberIn } from "./support/figures.ts";
import { address, expectLive, logIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("the administrator sees the whole market, and the period is in the address", async ({ page }) => {
  await logIn(page, "admin");
  await expect(page).toHaveURL(/\/admin/);
  await expectLive(page);
  const month = await numberIn(figure(page, "Ventas netas"));
  expect(month).toBeGreaterThan(0);
  expect(await numberIn(figure(page, "Vendedores activos"))).toBeGreaterThanOrEqual(2);

  await page.goto(address("/admin?period=LAST_90_DAYS"));
  await expect.poll(() => numberIn(figure(page, "Ventas netas"))).toBeGreaterThan(month);
});

test("every chart can be read as a table", async ({ page }) => {
  await logIn(page, "admin");
  const asTable = page.getByRole("button", { name: "Ver como tabla" }).first();
  await asTable.click();
  await expect(page.getByRole("table").first()).toBeVisible();
});

test("a seller is not let into the administration", async ({ page }) => {
  await logIn(page, "vendedor1");
  await page.goto(address("/admin"));
  await expect(page.getByRole("heading", { level: 1, name: "Esta página no existe" })).toBeVisible();
  await expect(page.getByText("Vendedores activos")).toHaveCount(0);
});
