import { afterEach, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { processIdentity } from "../../standalone/src/data/processIdentity.ts";

const lib = new URL("./", import.meta.url).href;
const script = (shell: string, before: string) => `
  import { runScript } from "${lib}refusal.mjs";
  import { runStep } from "${lib}runStep.mjs";
  ${before}
  await runScript(() => runStep("/bin/sh", ["-c", ${JSON.stringify(shell)}], {}));
`;

let node: ChildProcess | undefined;
afterEach(() => void node?.kill("SIGKILL"));

function run(shell: string, { before = "" } = {}) {
  const child = spawn("node", ["--input-type=module", "-e", script(shell, before)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  node = child;
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: once(child, "close").then(() => child.exitCode) };
}

test("a step ends with its own exit code", async () => {
  expect(await run("exit 3").ended).toBe(3);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends a step that does not listen, and what it started, with one line",
  async (signal) => {
    const { child, output, ended } = run(`trap "" INT TERM HUP; sleep 60 & echo $!; wait; wait`);
    await until(() => output().endsWith("\n"));
    const grandchild = Number(output());
    expect(processIdentity(grandchild)).toBeDefined();
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(output()).toBe(`${grandchild}\nstopped before everything was set up; the next start goes on\n`);
    await until(() => processIdentity(grandchild) === undefined);
  },
);

test("a signal while the step is being started ends it too", async () => {
  const { child, output, ended } = run("echo $$; sleep 60", {
    before: `
      import childProcess from "node:child_process";
      import { syncBuiltinESMExports } from "node:module";
      const { spawn } = childProcess;
      childProcess.spawn = (...step) => {
        const started = spawn(...step);
        process.kill(process.pid, "SIGHUP");
        return started;
      };
      syncBuiltinESMExports();
    `,
  });
  await once(child, "exit");
  expect(child.exitCode).toBe(130);
  await ended;
  expect(output()).toEndWith("stopped before everything was set up; the next start goes on\n");
});

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition(); await Bun.sleep(20)) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
  }
}
