import { afterEach, beforeEach, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const lib = new URL("./", import.meta.url).href;

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "espigon-lock-"))));
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Notes when it begins and ends in a common journal; waits for the file `go` in between. */
function start(name: string) {
  const journal = JSON.stringify(join(folder, "journal"));
  const script = `
    import { appendFileSync, existsSync } from "node:fs";
    import { withLock } from "${lib}withLock.mjs";
    await withLock(${JSON.stringify(join(folder, "lock"))}, async () => {
      appendFileSync(${journal}, "${name} begins\\n");
      while (!existsSync(${JSON.stringify(join(folder, "go"))})) await new Promise((done) => setTimeout(done, 10));
      appendFileSync(${journal}, "${name} ends\\n");
    });`;
  const child = spawn("node", ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: once(child, "close").then(() => child.exitCode) };
}

const journal = () => {
  const file = join(folder, "journal");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};
const go = () => writeFileSync(join(folder, "go"), "");

test("one works at a time, the others say that they wait, and nothing is left", async () => {
  const first = start("a");
  await until(() => journal().length === 1);
  const others = [start("b"), start("c"), start("d")];
  await until(() => others.every(({ output }) => output().includes("waiting")));
  expect(journal()).toEqual(["a begins"]);
  go();
  expect(await Promise.all([first, ...others].map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
  const lines = journal();
  expect(lines).toHaveLength(8);
  for (let at = 0; at < 8; at += 2) expect(lines[at + 1]).toBe(`${lines[at]?.[0]} ends`);
  for (const { output } of others) expect(output().trim().split("\n")).toHaveLength(1);
  expect(readdirSync(folder).toSorted()).toEqual(["go", "journal"]);
});

test("what a killed process held is taken over, by one of those who wait", async () => {
  const first = start("a");
  await until(() => journal().length === 1);
  const others = [start("b"), start("c")];
  await until(() => others.every(({ output }) => output().includes("waiting")));
  first.child.kill("SIGKILL");
  await until(() => journal().length === 2);
  go();
  expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0]);
  const [, one, end, next, last] = journal();
  expect([end, last]).toEqual([`${one?.[0]} ends`, `${next?.[0]} ends`]);
});

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition(); await Bun.sleep(20)) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
  }
}
