import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { processIdentity } from "../data/processIdentity.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embeddedPostgres.ts";

const fixture = fileURLToPath(new URL("holdPostgres.fixture.ts", import.meta.url));
let folder: string;
const servers: EmbeddedPostgres[] = [];
const holders: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "espigon-postgres-"));
  chmodSync(folder, 0o711);
});
afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
  servers.push(server);
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition(); await Bun.sleep(20)) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
  }
}

describe("the embedded PostgreSQL", () => {
  test("keeps what was committed over a restart, and lets nobody in without the password", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 1 as one");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
    const stranger = new URL(second.url);
    stranger.password = "guessed";
    expect(query(stranger.href, "select 1")).rejects.toThrow("password authentication failed");
  });

  test("shuts itself down when the process that started it is killed", async () => {
    const { holder, server } = await startHolder();
    holder.kill("SIGKILL");
    await until(() => processIdentity(server) === undefined);
  });

  test("is ended and started again when a killed process left it behind", async () => {
    const { holder, server } = await startHolder();
    // Frozen, the server cannot follow its watcher: the next start finds it as an orphan.
    process.kill(server, "SIGSTOP");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const starting = start();
    process.kill(server, "SIGCONT");
    const next = await starting;
    expect(processIdentity(server)).toBeUndefined();
    expect(await query(next.url, "select word from held")).toEqual([{ word: "kept" }]);
  });

  test("starts again after a kill -9 of the server whose body nobody takes away", async () => {
    const { holder, server } = await startHolder();
    holder.kill("SIGSTOP");
    process.kill(server, "SIGKILL");
    const next = await start();
    expect(await query(next.url, "select word from held")).toEqual([{ word: "kept" }]);
  });
});

/** Another process that starts the server, commits a word, and then only holds it. */
async function startHolder() {
  const holder = spawn(process.execPath, [fixture, folder], { stdio: ["ignore", "pipe", "ignore"] });
  holders.push(holder);
  let text = "";
  holder.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await until(() => text.includes("\n"));
  return { holder, server: Number(text) };
}
