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

let accounts = 0;

/** Opens a new client's account by the form; resolves to its e-mail address. */
export async function register(page: Page, password: string): Promise<string> {
  accounts += 1;
  const email = `nueva${accounts}@espigon.test`;
  await page.goto(address("/register"));
  await page.getByLabel("Tu nombre").fill("Nueva");
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Crear la cuenta" }).click();
  await expect(page).not.toHaveURL(/\/register/);
  return email;
}

/** The green light: the numbers on screen are live. */
export async function expectLive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Estado de los datos: En vivo" })).toBeVisible();
}
