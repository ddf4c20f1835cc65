import type { Locator, Page } from "@playwright/test";

/** The value of the figure with this name. */
export function figure(page: Page, name: string): Locator {
  return page.locator(`div:has(> dt:text-is("${name}")) > dd`).first();
}

/** A figure as a number: `$1.234,50` is 1234.5. */
export async function numberIn(value: Locator): Promise<number> {
  const text = (await value.textContent()) ?? "";
  return Number(text.replaceAll(/[^\d,-]/g, "").replace(",", "."));
}
