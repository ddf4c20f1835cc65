import type { Page } from "@playwright/test";
import { address } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

/** What the cart needs and the catalogue does not. */
const LOST = { js: "CartPage", css: "Panel" } as const;

/** Serves the page of a version before, whose cart is no more: for that its server, the real one, says 404. */
async function serveOldVersion(page: Page, kind: "js" | "css"): Promise<() => Promise<void>> {
  const lost = new RegExp(String.raw`(${LOST[kind]})-[\w-]+\.${kind}\b`, "g");
  const program = /index-[\w-]+\.js/g;
  let current = "";
  const documents = address("/**");
  await page.route(documents, async (route) => {
    if (route.request().resourceType() === "document") {
      const response = await route.fetch();
      const html = await response.text();
      current = html.match(program)?.[0] ?? "";
      await route.fulfill({ response, body: html.replaceAll(program, "index-old.js") });
    } else if (route.request().url().endsWith("/index-old.js")) {
      const response = await route.fetch({ url: address(`/assets/${current}`) });
      const text = await response.text();
      if (text.search(lost) < 0) throw new Error(`the program names no ${LOST[kind]}`);
      await route.fulfill({ response, body: text.replaceAll(lost, `$1-gone.${kind}`) });
    } else await route.continue();
  });
  return () => page.unroute(documents);
}

/** How often the page itself was loaded. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) loads += 1;
  });
  return () => loads;
}

for (const kind of ["js", "css"] as const) {
  test(`a tab from before an upgrade loads the new version when the ${kind} of a page is gone`, async ({ page }) => {
    const upgrade = await serveOldVersion(page, kind);
    const loads = countLoads(page);
    const lost: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("-gone.")) lost.push(request.url());
    });
    await page.goto(address("/catalog"));
    await expect(page.getByRole("heading", { level: 1, name: "Pesca de hoy" })).toBeVisible();
    await upgrade();
    // Fetched ahead, it is missed already: nothing may happen to what somebody is doing.
    await page.getByRole("banner").getByRole("link", { name: "Carrito" }).first().hover();
    await expect.poll(() => lost.length).toBeGreaterThan(0);
    const status = async (url: string) => (await page.request.get(url)).status();
    expect(await Promise.all(lost.map(status))).toEqual(lost.map(() => 404));
    expect(loads()).toBe(1);
    await page.getByRole("banner").getByRole("link", { name: "Carrito" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Carrito" })).toBeVisible();
    await expect(page).toHaveURL(address("/cart"));
    await expect.poll(loads).toBe(2);
  });
}

/** What a tab may meet: a storage, none where site data is blocked, and one without room. */
const STORAGES = {
  "the tab keeps what it is told": () => {},
  "the tab may keep nothing": () => {
    Object.defineProperty(window, "sessionStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  },
  "the tab has no room left": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  },
};

for (const [storage, spoil] of Object.entries(STORAGES)) {
  test(`code that is gone for good is said after one reload, with a way on (${storage})`, async ({ page }) => {
    await page.addInitScript(spoil);
    const loads = countLoads(page);
    await serveOldVersion(page, "js");
    await page.goto(address("/catalog"));
    await page.getByRole("banner").getByRole("link", { name: "Carrito" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "La página no se pudo mostrar" })).toBeVisible();
    expect(loads()).toBe(2);
    await page.getByRole("main").getByRole("link", { name: "Ir al inicio" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Pesca de hoy" })).toBeVisible();
  });
}
