import { expect, test } from "bun:test";
import { once } from "node:events";
import { spawn } from "node:child_process";

/** Starts a program that would sleep for a minute, tells its pid, and stays. */
const STARTER = `
  const { spawnWithLifeline } = await import(${JSON.stringify(import.meta.resolve("./spawnWithLifeline.ts"))});
  console.log(spawnWithLifeline("/bin/sleep", ["60"], { cwd: "/", env: {}, output: "ignore" }).pid);
  setInterval(() => {}, 1000);`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each(["running", "frozen"])(
  "a program that is %s ends when the process that started it is killed",
  async (how) => {
    const starter = spawn(process.execPath, ["-e", STARTER], { stdio: ["ignore", "pipe", "inherit"] });
    const [told] = (await once(starter.stdout, "data")) as [Buffer];
    const pid = Number(String(told).trim());
    expect(isAlive(pid)).toBe(true);
    if (how === "frozen") process.kill(pid, "SIGSTOP");
    starter.kill("SIGKILL");
    for (let tries = 0; tries < 500 && isAlive(pid); tries += 1) await Bun.sleep(10);
    const outlived = isAlive(pid);
    if (outlived) process.kill(pid, "SIGKILL");
    expect(outlived).toBe(false);
  },
);
