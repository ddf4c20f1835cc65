import { figure, numberIn } from "./support/figures.ts";
import { address, expectLive, logIn } from "./support/people.ts";
import { placeOrder } from "./support/placeOrder.ts";
import { expect, test } from "./support/test.ts";

test("on a network that lets no WebSocket through, the figures still change by themselves", async ({
  page,
  browser,
}) => {
  await page.addInitScript(() => {
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(String(url).replace(/\/ws$/, "/blocked"), protocols);
      }
    };
  });
  const streams: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "GET" && new URL(request.url()).pathname === "/sse") streams.push(request.url());
  });
  await logIn(page, "vendedor1");
  await page.goto(address("/seller/analytics"));
  await expectLive(page);
  expect(streams.length).toBeGreaterThan(0);
  const orders = await numberIn(figure(page, "Pedidos"));

  const client = await (await browser.newContext({ locale: "es-EC" })).newPage();
  await logIn(client, "cliente1");
  await client.goto(address("/catalog"));
  await placeOrder(client);
  await expect.poll(() => numberIn(figure(page, "Pedidos"))).toBe(orders + 1);
  await client.context().close();
});
