import { address } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("whoever comes for the first time sees the catch of the day, and the ways in", async ({ page }) => {
  await page.goto(address("/"));
  await expect(page).toHaveURL(/\/catalog$/);
  await expect(page.getByRole("heading", { level: 1, name: "Pesca de hoy" })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Entrar" })).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Crear una cuenta" }).click();
  await expect(page).toHaveURL(/\/register/);
});

test("in both languages and on a narrow screen, the ways in are in sight", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(address("/"));
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "Entrar" })).toBeInViewport();
  await expect(main.getByRole("link", { name: "Crear una cuenta" })).toBeInViewport();
  await page.getByRole("banner").getByRole("button", { name: "Menú" }).click();
  await page.getByRole("banner").getByRole("button", { name: "EN: cambiar a inglés" }).click();
  await page.keyboard.press("Escape");
  await expect(main.getByRole("link", { name: "Sign in" })).toBeInViewport();
  await main.getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL(/\/register/);
});
