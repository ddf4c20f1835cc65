import { expect, test } from "bun:test";
import { freeOffset, freePort } from "./freePort.ts";

const PORTS = { one: 3000, two: [4001, 4002] };
const chance = Math.random();

test("what was given is given to nobody else, though nothing listens there: not here and not in another process", async () => {
  const same = () => chance;
  const offset = await freeOffset(PORTS, same);
  expect(freeOffset(PORTS, same)).rejects.toThrow("no free ports");
  const other = Bun.spawn([process.execPath, "-e", askAgain], { stdout: "pipe" });
  expect(await new Response(other.stdout).text()).toBe("no free ports\n");
  expect(await freeOffset(PORTS)).not.toBe(offset);
});

const askAgain = `
  import { freeOffset } from ${JSON.stringify(import.meta.resolve("./freePort.ts"))};
  await freeOffset(${JSON.stringify(PORTS)}, () => ${chance}).then(console.log, (error) => console.log(error.message));`;

test("a port that is kept can be listened on", async () => {
  const server = Bun.serve({ port: await freePort(), hostname: "127.0.0.1", fetch: () => new Response("here") });
  expect(await (await fetch(server.url)).text()).toBe("here");
  await server.stop(true);
});
