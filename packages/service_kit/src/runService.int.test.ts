import { expect, test } from "bun:test";

const script = `
  import { runService } from ${JSON.stringify(`${import.meta.dir}/runService.ts`)};
  const { log } = console;
  console.log = (line) => {
    log(line);
    process.kill(process.pid, "SIGTERM");
  };
  setInterval(() => {}, 60_000);
  await runService("a service", async () => ({ url: "http://x", stop: async () => log("stopped") }));
`;

test("a service that is told to stop as soon as it says that it listens stops as at any other time", async () => {
  const child = Bun.spawn([process.execPath, "-e", script], { stdin: "ignore", stdout: "pipe" });
  expect(await new Response(child.stdout).text()).toBe("a service listening on http://x\nstopped\n");
  expect(await child.exited).toBe(0);
});
