import { type Browser, chromium, type Page } from "playwright-core";

/** The browser that `npm test` found or installed; absent when there is none to be had. */
export const chromiumPath: string | undefined = process.env["CHROME_PATH"];

const ROOT = process.getuid?.() === 0;

export type Site = {
  readonly origin: string;
  /** A page of it that holds nothing: what runs in it is what the test evaluates. */
  open(): Promise<Page>;
};

export type Chromium = {
  /** One more origin on loopback. */
  site(): Site;
  stop(): Promise<void>;
};

export async function startChromium(): Promise<Chromium> {
  if (chromiumPath === undefined) throw new Error("CHROME_PATH is not set: run the tests by `npm test`");
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", ...(ROOT ? ["--no-sandbox"] : [])],
  });
  const servers: Bun.Server<undefined>[] = [];
  return {
    site() {
      const headers = { "content-type": "text/html" };
      const server = Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        fetch: () => new Response("<!doctype html><title>empty</title>", { headers }),
      });
      servers.push(server);
      const { origin } = server.url;
      return {
        origin,
        async open() {
          const page = await browser.newPage();
          await page.goto(origin);
          return page;
        },
      };
    },
    async stop() {
      await browser.close();
      await Promise.all(servers.map((server) => server.stop(true)));
    },
  };
}
