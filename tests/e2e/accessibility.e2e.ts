import { AxeBuilder } from "@axe-core/playwright";
import { address, logIn } from "./support/people.ts";
import { SCREENS } from "./support/screens.ts";
import { expect, test } from "./support/test.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const { name, path, person } of SCREENS) {
      test(`the screen «${name}» has no fault that axe can find`, async ({ page }) => {
        if (person !== undefined) await logIn(page, person);
        await page.goto(address(path));
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        expect(violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(" | ")}`)).toEqual(
          [],
        );
      });
    }
  });
}
