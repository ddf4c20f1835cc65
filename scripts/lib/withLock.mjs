import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "./refusal.mjs";

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 15 * 60_000;

/**
 * Does the work alone among all processes that name the same file, of which each holds a process's id while it works.
 * The second waits and says so in one line. A lock whose process is gone is taken over.
 * @param {string} file @param {() => Promise<void>} work
 */
export async function withLock(file, work) {
  const own = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(own, String(process.pid));
  try {
    await acquire(file, own);
    try {
      await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

async function acquire(file, own) {
  const deadline = Date.now() + PATIENCE_MS;
  let told = false;
  // A link appears with its content, or fails because another is there.
  while (!tryLink(own, file)) {
    const holder = holderOf(file);
    if (holder !== undefined && isGone(holder)) takeAway(file, own, holder);
    else {
      if (!told) console.log(`another process (${holder ?? "unknown"}) sets up this folder: waiting for it …`);
      told = true;
      if (Date.now() > deadline) throw new Refusal(`process ${holder} still holds ${file}: end it, or remove the file`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Renames before it removes: of several who saw the dead holder one gets the file, and puts it back if it is alive. */
function takeAway(file, own, holder) {
  const taken = `${own}.taken`;
  try {
    renameSync(file, taken);
  } catch {
    return;
  }
  if (holderOf(taken) !== holder) tryLink(taken, file);
  rmSync(taken, { force: true });
}
