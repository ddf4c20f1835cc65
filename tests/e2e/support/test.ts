import { test as base, expect } from "@playwright/test";
import { watchForCanary } from "./canary.ts";

/** A test whose pages may neither throw nor offend against the page's own security policy, and in which nobody receives what is another's. */
export const test = base.extend<{ faults: string[]; isolation: void }>({
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("weberror", (error) => faults.push(String(error.error())));
      context.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) faults.push(message.text());
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
  isolation: [
    async ({ browser, context }, use) => {
      const watches = [watchForCanary(context)];
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const opened = await open(options);
        watches.push(watchForCanary(opened));
        return opened;
      };
      await use();
      browser.newContext = open;
      for (const leaks of watches) expect(await leaks()).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
