import { afterEach, describe, expect, test } from "bun:test";
import { createDrain, type DrainOptions } from "./createDrain.ts";

let server: Bun.Server<undefined> | undefined;
afterEach(() => server?.stop(true));

/** A server that drains, and answers `/slow` only when it is let. */
function start(options: Partial<DrainOptions> = {}) {
  const drain = createDrain({ delayMs: 0, graceMs: 5_000, ...options });
  const { promise: let_go, resolve: release } = Promise.withResolvers<void>();
  const { promise: taken, resolve: take } = Promise.withResolvers<void>();
  const started = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const refused = drain.refusal(request);
      if (refused !== undefined) return refused;
      if (request.url.endsWith("/slow")) {
        take();
        await let_go;
      }
      return new Response("served");
    },
  });
  server = started;
  const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, started.url), init);
  return { drain, server: started, ask, release, taken };
}

describe("a service that is told to stop", () => {
  test("ends what is under way, and takes nothing new", async () => {
    const { drain, server, ask, release, taken } = start();
    const slow = ask("/slow");
    await taken;
    const closed = drain.close(server);
    expect(drain.begun()).toBe(true);
    expect(await ask("/").catch(() => "refused")).toBe("refused");
    release();
    expect(await (await slow).text()).toBe("served");
    await closed;
  });

  test("cuts what does not end in time", async () => {
    const { drain, server, ask, taken } = start({ graceMs: 50 });
    const slow = ask("/slow").catch(() => "cut");
    await taken;
    await drain.close(server);
    expect(await slow).toBe("cut");
  });

  test("serves everything at first, then refuses what may be repeated, then closes", async () => {
    const phases: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => void phases.push(resolve));
    const { drain, server, ask } = start({ delayMs: 200, pause });
    const closed = drain.close(server);
    expect(drain.begun()).toBe(true);
    expect((await ask("/")).status).toBe(200);
    phases.shift()?.();
    const refused = await ask("/");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(drain.refusal(new Request("http://x/", { method: "POST" }))).toBeUndefined();
    const keyed = new Request("http://x/", { method: "POST", headers: { "idempotency-key": "k" } });
    expect(drain.refusal(keyed)?.status).toBe(503);
    phases.shift()?.();
    await closed;
    expect(await ask("/").catch(() => "closed")).toBe("closed");
  });
});
