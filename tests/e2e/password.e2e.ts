import { address, expectLive, register } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("whoever changes the password stays logged in and live, in every tab, and the old one is worth nothing", async ({
  page,
  context,
  request,
}) => {
  const email = await register(page, "una clave de antes");
  await page.goto(address("/account"));
  const other = await context.newPage();
  await other.goto(address("/orders"));
  await expectLive(page);
  await expectLive(other);

  await page.getByLabel("Contraseña actual", { exact: true }).fill("otra cosa");
  await page.getByLabel("Contraseña nueva", { exact: true }).fill("una clave de ahora");
  await page.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await expect(page.getByText("No es tu contraseña actual")).toBeVisible();
  await expect(page.getByLabel("Contraseña actual", { exact: true })).toBeFocused();

  await page.getByLabel("Contraseña actual", { exact: true }).fill("una clave de antes");
  await page.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await expect(page.getByText("Contraseña cambiada")).toBeVisible();
  for (const tab of [page, other]) {
    await expectLive(tab);
    await tab.reload();
    await expectLive(tab);
  }
  const login = (password: string) =>
    request.post(`${process.env["E2E_API_URL"] ?? ""}/api/auth/login`, { data: { email, password } });
  expect((await login("una clave de antes")).status()).toBe(401);
  expect((await login("una clave de ahora")).status()).toBe(200);
});
