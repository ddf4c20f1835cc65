import { expect, type Page } from "@playwright/test";

export type Person = "admin" | "vendedor1" | "vendedor2" | "cliente1" | "cliente2";

const PASSWORD = "espigon-demo";

export function address(path: string): string {
  return new URL(path, process.env["E2E_URL"]).href;
}

/** Logs in by the form, as a person would, and waits for the first page behind it. */
export async function logIn(page: Page, person: Person): Promise<void> {
  await page.goto(address("/login"));
  await page.getByLabel("Correo electrónico").fill(`${person}@espigon.test`);
  await page.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Entrar" }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** The green light: the numbers on screen are live. */
export async function expectLive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Estado de los datos: En vivo" })).toBeVisible();
}
