import { address, logIn } from "./support/people.ts";
import { SCREENS } from "./support/screens.ts";
import { expect, test } from "./support/test.ts";

test.use({ viewport: { width: 320, height: 640 } });

test("the menu tells who is logged in", async ({ page }) => {
  await logIn(page, "vendedor1");
  await page.getByRole("button", { name: "Menú" }).click();
  await expect(page.getByText("Ramón Delgado").filter({ visible: true })).toHaveCount(1);
});

for (const { name, path, person } of SCREENS) {
  test(`the screen «${name}» fits into 320 pixels`, async ({ page }) => {
    if (person !== undefined) await logIn(page, person);
    await page.goto(address(path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
