import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartFault } from "../StartFault.ts";
import { lockDataFolder } from "./dataLock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "espigon-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function leaveLock(content: string): void {
  writeFileSync(join(folder, "lock"), content);
}

describe("the lock of a data folder", () => {
  test("keeps a second instance out while the first lives, and names it", () => {
    const release = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(StartFault);
    expect(() => lockDataFolder(folder)).toThrow(`process ${process.pid}`);
    release();
    lockDataFolder(folder)();
  });

  test("is taken over from a process that is gone", () => {
    leaveLock(JSON.stringify({ pid: 2 ** 22 + 1, identity: "gone" }));
    lockDataFolder(folder)();
  });

  test("is taken over when the pid now belongs to another process", () => {
    leaveLock(JSON.stringify({ pid: process.pid, identity: "an earlier process with this pid" }));
    lockDataFolder(folder)();
  });

  test("is taken over when it was torn by a power cut", () => {
    leaveLock("");
    lockDataFolder(folder)();
  });

  test("leaves nothing behind after its release", () => {
    lockDataFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });
});
