import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { processIdentity } from "../../standalone/src/data/processIdentity.ts";
import {
  freePortOffset,
  type Marketplace,
  spawnStart,
  startMarketplace,
  temporaryFolder,
} from "../support/startMarketplace.ts";

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const running: Marketplace[] = [];
const servers: Server[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, "data");
});

afterEach(async () => {
  for (const marketplace of running.splice(0)) await marketplace.stop();
  for (const server of servers.splice(0)) server.close();
  folder.remove();
});

async function start(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Marketplace> {
  const marketplace = await startMarketplace({ data, portOffset: await freePortOffset(), args, env });
  running.push(marketplace);
  return marketplace;
}

/** Runs `npm start` to its end and gives its exit code and lines. */
async function refused(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { ended, output } = spawnStart(args, env);
  return { code: await ended, lines: output().trim().split("\n") };
}

/** The pids of the program and of its database, from the files of the data folder. */
function processes(): { readonly program: number; readonly database: number } {
  const lock = z.object({ pid: z.int() }).parse(JSON.parse(readFileSync(join(data, "lock"), "utf8")));
  const database = Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  return { program: lock.pid, database };
}

describe("npm start", () => {
  test("listens on all its ports when it says ready, and SIGTERM leaves nothing behind", async () => {
    const marketplace = await start(["--no-demo"]);
    const { program, database } = processes();
    expect(marketplace.output()).not.toContain("demo accounts");
    expect(marketplace.output()).toContain("npm run admin:create");
    for (const url of [marketplace.apiUrl, marketplace.wsUrl.replace("ws", "http"), marketplace.graphqlUrl]) {
      expect((await fetch(new URL("/readyz", url))).status).toBe(200);
    }
    expect(await (await fetch(marketplace.url)).text()).toContain("espigon-config");
    expect(await marketplace.stop()).toBe(0);
    expect(processIdentity(program)).toBeUndefined();
    expect(processIdentity(database)).toBeUndefined();
    expect(existsSync(join(data, "lock"))).toBe(false);
    expect(fetch(marketplace.url)).rejects.toThrow();
  });

  test("says ready when all may take traffic and nobody will be told the past as news, also on data that is there", async () => {
    await (await start()).stop();
    const { apiUrl, wsUrl, graphqlUrl } = await start();
    for (const url of [apiUrl, wsUrl.replace("ws", "http"), graphqlUrl]) {
      expect((await fetch(new URL("/readyz", url))).status).toBe(200);
    }
    const body = JSON.stringify({ email: "vendedor1@espigon.test", password: "espigon-demo" });
    const headers = { "content-type": "application/json" };
    const login = await fetch(new URL("/api/auth/login", apiUrl), { method: "POST", headers, body });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await login.json());
    const socket = new WebSocket(`${wsUrl}/ws?token=${token}`);
    const greeting = await new Promise<string>((resolve, reject) => {
      socket.addEventListener("message", ({ data: text }) => resolve(String(text)));
      socket.addEventListener("close", ({ code }) => reject(new Error(`closed with ${code}`)));
    });
    socket.close();
    const figures = await fetch(graphqlUrl, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ sellerDashboardStats { asOf } }" }),
    });
    const Figures = z.object({ data: z.object({ sellerDashboardStats: z.object({ asOf: z.coerce.number() }) }) });
    const { asOf } = Figures.parse(await figures.json()).data.sellerDashboardStats;
    expect(asOf).toBeGreaterThan(10_000);
    expect(JSON.parse(greeting)).toMatchObject({ type: "READY", seq: asOf });
  }, 240_000);

  test("stops what it started when npm is killed", async () => {
    const marketplace = await start(["--no-demo"]);
    const { program, database } = processes();
    await marketplace.stop("SIGKILL");
    for (const pid of [program, database]) await until(() => processIdentity(pid) === undefined);
  });

  test("refuses a data folder that another instance uses, and leaves that one alone", async () => {
    const marketplace = await start(["--no-demo"]);
    const offset = String(await freePortOffset());
    const { code, lines } = await refused(["--data", data, "--port-offset", offset]);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("is in use by another instance")]);
    expect((await fetch(new URL("/readyz", marketplace.apiUrl))).status).toBe(200);
  });
});

describe("npm start refuses in one line, and touches nothing", () => {
  // A browser may look for localhost there first.
  const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
    entries?.some(({ address }) => address === "::1"),
  );
  test.each(hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"])(
    "when a port is taken on %s, which it names",
    async (host) => {
      const offset = await freePortOffset();
      const server = createServer().listen(4000 + offset, host);
      servers.push(server);
      const { code, lines } = await refused(["--data", data, "--port-offset", String(offset)]);
      expect(code).toBe(1);
      expect(lines).toEqual([expect.stringContaining(`port ${4000 + offset} is taken`)]);
      expect(existsSync(data)).toBe(false);
    },
  );

  test("when HOST is no address of this machine", async () => {
    const env = { HOST: "192.0.2.1" };
    const { code, lines } = await refused(["--data", data, "--port-offset", String(await freePortOffset())], env);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("nobody can listen on HOST 192.0.2.1")]);
  });

  test.each([
    ["does not work", "postgres://espigon:hidden-word@127.0.0.1:9/espigon"],
    ["must be a URL", "hidden-word"],
    ["must say sslmode", "postgres://espigon:hidden-word@127.0.0.1:9/espigon?sslmode=require"],
  ])("when DATABASE_URL %s", async (reason, url) => {
    const offset = String(await freePortOffset());
    const { code, lines } = await refused(["--data", data, "--port-offset", offset], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(String.raw`DATABASE_URL\b.* ${reason}`))]);
    expect(lines[0]).not.toContain("hidden-word");
    expect(existsSync(join(data, "lock"))).toBe(false);
  });

  test.each([[["--frobnicate"]], [["--port-offset", "many"]], [["--port-offset"]], [["surplus"]], [["--data", ""]]])(
    "when it does not understand %j",
    async (args) => {
      const { code, lines } = await refused(args);
      expect(code).toBe(2);
      expect(lines).toEqual([expect.stringContaining("options: --port-offset N, --data DIR, --no-demo")]);
    },
  );
});

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition(); await Bun.sleep(50)) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
  }
}
