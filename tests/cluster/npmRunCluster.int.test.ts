import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { clusterPortsAt } from "../../scripts/cluster/clusterPorts.ts";
import { requireFreePorts } from "../../standalone/src/ports.ts";
import { until } from "../faults/support/until.ts";
import { freeOffset } from "../support/freePort.ts";
import { temporaryFolder } from "../support/startMarketplace.ts";
import { canRunCluster } from "./startTestCluster.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe.skipIf(!canRunCluster)("npm run cluster", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    folder.remove();
  });

  async function start(offset: number): Promise<ChildProcess> {
    const args = [
      "run",
      "cluster",
      "--silent",
      "--",
      "--no-demo",
      "--port-offset",
      String(offset),
      "--data",
      folder.path,
    ];
    const started = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    let said = "";
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    await until(
      "it is ready",
      () => {
        if (started.exitCode !== null) throw new Error(said);
        return /^ready http:\/\/localhost:\d+$/m.test(said);
      },
      90_000,
    );
    return started;
  }

  test("serves everything under one origin, and leaves nothing behind, neither when asked to stop nor when killed", async () => {
    const offset = await freeOffset(clusterPortsAt(0));
    const ports = clusterPortsAt(offset);
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const started = await start(offset);
      const url = `http://localhost:${ports.origin}`;
      expect(await (await fetch(`${url}/seller/analytics`)).text()).toContain(
        'content="{&quot;apiUrl&quot;:&quot;&quot;',
      );
      expect((await fetch(`${url}/api/products`)).status).toBe(200);
      expect((await fetch(`${url}/graphql`, { method: "POST" })).headers.get("content-type")).toContain("json");
      expect((await fetch(`${url}/ws`)).status).toBe(426);
      for (const path of ["/metrics", "/internal/stats", "/readyz"]) {
        expect((await fetch(url + path)).headers.get("content-type")).toBe("text/html");
      }
      const gone = once(started, "exit");
      started.kill(signal);
      await gone;
      if (signal === "SIGTERM") expect(started.exitCode).toBe(0);
      await until(
        "all ports are free",
        () =>
          requireFreePorts(ports, "127.0.0.1").then(
            () => true,
            () => false,
          ),
        30_000,
      );
    }
  }, 180_000);
});
