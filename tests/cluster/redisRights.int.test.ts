import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalCluster } from "../../scripts/cluster/startLocalCluster.ts";
import { until } from "../faults/support/until.ts";
import { freePort } from "../support/freePort.ts";
import { type RedisProcess, startRedisProcess } from "../support/redisProcess.ts";
import { createTestCertificates, opensslPath } from "../support/testCertificates.ts";
import { createTraffic } from "./createTraffic.ts";
import { canRunCluster, startTestCluster } from "./startTestCluster.ts";

setDefaultTimeout(150_000);

/** The users of docs/operations.md, with what each may. */
const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
const users = [...page.matchAll(/^user (rest|realtime|report) on >… (.+)$/gm)].map(
  ([, name = "", rules = ""]) => [name, rules.split(" ")] as const,
);
const PASSWORD = "of one service";
const without = opensslPath === undefined ? " (skipped: no openssl)" : "";

describe.skipIf(!canRunCluster || opensslPath === undefined)(
  `two nodes of every service over TLS, each service as its user of docs/operations.md${without}`,
  () => {
    let redis: RedisProcess;
    let cluster: LocalCluster;
    const cleaners: (() => unknown)[] = [];
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "espigon-rights-"));
      const certificates = createTestCertificates();
      cleaners.push(certificates.remove, () => rmSync(folder, { recursive: true, force: true }));
      redis = await startRedisProcess(await freePort(), folder, ["--save", ""], { tls: certificates });
      cleaners.push(redis.kill);
      for (const [name, rules] of users) await redis.call("ACL", "SETUSER", name, "on", `>${PASSWORD}`, ...rules);
      await redis.call("CONFIG", "RESETSTAT");
      const { ca, cert, key } = certificates.files;
      const as = (name: string) => ({
        REDIS_URL: `rediss://${name}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${redis.port}`,
        REDIS_TLS_CA: ca,
        REDIS_TLS_CERT: cert,
        REDIS_TLS_KEY: key,
      });
      cluster = await startTestCluster({
        redisUrl: "",
        env: { rest_service: as("rest"), realtime_service: as("realtime"), report_service: as("report") },
      });
      cleaners.push(() => cluster.stop());
    });
    afterAll(async () => {
      for (const clean of cleaners.toReversed()) await clean();
    });

    test("everything works, Redis refused nothing, and there is no right that nobody uses", async () => {
      expect(users.map(([name]) => name)).toEqual(["rest", "realtime", "report"]);
      const traffic = await createTraffic(cluster.url);
      await until("people have ordered", () => traffic.placed.length >= 100);
      // What was lost is read again and appended again, and the counts of sockets are told anew.
      await redis.call("FLUSHALL");
      const before = traffic.placed.length;
      await until("people go on", () => traffic.placed.length >= before + 50);
      expect(await traffic.settle()).toEqual({ failures: [], unheard: [], deaf: [] });
      traffic.stop();
      for (const right of [true, false, true]) await logIn("seller", right);
      await until("a stranger may not try any more", async () => (await logIn("client1", false)) === 429);
      const metrics = await Promise.all(
        cluster.nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text().catch(() => "")),
      );
      expect(metrics.filter((text) => text.includes("report_feed_healthy 1"))).toHaveLength(2);
      await Promise.all(cluster.nodes.map((node) => node.end("SIGTERM")));

      // ioredis says what it is, which a newer Redis would take down; it is of no use to us.
      const refused = (await redis.call("ACL", "LOG")) as readonly object[];
      expect(refused.filter((entry) => !JSON.stringify(entry).includes("client|setinfo"))).toEqual([]);
      const used = String(await redis.call("INFO", "commandstats"));
      const granted = users.flatMap(([, rules]) => rules.filter((rule) => rule.startsWith("+")));
      const unused = granted.filter((rule) => !used.includes(`cmdstat_${rule.slice(1)}:`));
      expect(unused).toEqual([]);
    });

    async function logIn(name: string, right: boolean): Promise<number> {
      const password = right ? "a long pass phrase 42" : "not the pass phrase";
      const response = await fetch(`${cluster.url}/api/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: `${name}@espigon.test`, password }),
      });
      await response.body?.cancel();
      return response.status;
    }

    test.each([
      ["report", "PUBLISH events x"],
      ["report", "XADD events:log * e x"],
      ["report", "XTRIM events:log MAXLEN 0"],
      ["report", "SUBSCRIBE ws:room:order-1"],
      ["report", "PSUBSCRIBE *"],
      ["report", "EVAL return 0"],
      ["report", "XRANGE other - +"],
      ["realtime", "PUBLISH events x"],
      ["realtime", "PUBLISH ws:room:order-1 x"],
      ["realtime", "XADD events:log * e x"],
      ["realtime", "HSET events:log f v"],
      ["realtime", "HGETALL attempts:x"],
      ["realtime", "SUBSCRIBE sequencer:wake"],
      ["realtime", "PSUBSCRIBE *"],
      ["rest", "DEL other"],
      ["rest", "GET {ws:places}:nodes"],
      ["rest", "PUBLISH ws:room:order-1 x"],
      ...["rest", "realtime", "report"].flatMap((name) =>
        ["FLUSHALL", "KEYS *", "CONFIG GET *", "ACL LIST", "SCRIPT FLUSH", "MONITOR", "SHUTDOWN", "CLIENT LIST"].map(
          (command): [string, string] => [name, command],
        ),
      ),
    ])("%s may not %s", async (name, command) => {
      expect(await redis.call("ACL", "DRYRUN", name, ...command.split(" "))).toMatch(/has no permissions/);
    });

    test("a user that may do it would be told so", async () => {
      expect(await redis.call("ACL", "DRYRUN", "rest", "PUBLISH", "events", "x")).toBe("OK");
      expect(await redis.call("ACL", "DRYRUN", "report", "XRANGE", "events:log", "-", "+")).toBe("OK");
    });
  },
);
