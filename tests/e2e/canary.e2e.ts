import { canary } from "./support/canary.ts";
import { address, logIn, type Person } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

/** What each may open. That nobody receives another's is watched in every end-to-end test. */
const PAGES: Record<Person, readonly string[]> = {
  vendedor1: ["/seller/analytics", "/seller/orders", "/seller/products"],
  vendedor2: ["/seller/analytics", "/seller/orders", "/seller/products"],
  cliente1: ["/catalog", "/orders"],
  cliente2: ["/catalog", "/orders"],
  admin: ["/admin"],
};

for (const [person, pages] of Object.entries(PAGES) as [Person, readonly string[]][]) {
  test(`${person} receives the order's note on no page but where it belongs`, async ({ page }) => {
    const received: string[] = [];
    page.on("response", (response) => {
      if (!response.url().includes("/api/orders")) return;
      void response.text().then(
        (text) => received.push(text),
        () => {},
      );
    });
    await logIn(page, person);
    for (const path of pages) {
      await page.goto(address(path));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
    }
    const belongs = person === "vendedor1" || person === "cliente1";
    if (belongs) await expect.poll(() => received.some((text) => text.includes(canary()))).toBe(true);
    else expect(received.some((text) => text.includes(canary()))).toBe(false);
  });
}
