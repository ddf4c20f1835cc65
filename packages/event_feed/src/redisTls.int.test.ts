import { afterAll, afterEach, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../../tests/faults/support/until.ts";
import { freePort } from "../../../tests/support/freePort.ts";
import { startRedisCluster } from "../../../tests/support/redisCluster.ts";
import { type RedisProcess, startRedisProcess } from "../../../tests/support/redisProcess.ts";
import { startRedisWithSentinels } from "../../../tests/support/redisWithSentinels.ts";
import {
  createTestCertificates,
  opensslPath,
  type ServerCertificates,
  type TestCertificates,
} from "../../../tests/support/testCertificates.ts";
import { redisServerPath } from "../../../tests/support/testRedis.ts";
import { eventually, logEntries, recordingListener } from "./brokerContract.ts";
import { createFeed } from "./createFeed.ts";
import { redisBroker } from "./redisBroker.ts";
import type { RedisPlace } from "./redisPlace.ts";

setDefaultTimeout(90_000);

const missing = [redisServerPath ?? "redis-server", opensslPath ?? "openssl"].filter((name) => !name.startsWith("/"));
const without = missing.length > 0 ? ` (skipped: no ${missing.join(", no ")})` : "";

describe.skipIf(missing.length > 0)(`Redis over TLS${without}`, () => {
  let certificates: TestCertificates;
  let folder: string;
  const closers: (() => unknown)[] = [];
  beforeAll(() => {
    certificates = createTestCertificates();
    folder = mkdtempSync(join(tmpdir(), "espigon-tls-"));
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => {
    certificates?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startServer(tls: ServerCertificates = certificates, ...args: readonly string[]): Promise<string> {
    const server = await startRedisProcess(await freePort(), folder, ["--save", "", ...args], { tls });
    closers.push(server.kill);
    return `rediss://127.0.0.1:${server.port}`;
  }

  /** A writer and a reader, and what the reader has been told. */
  function connect(place: RedisPlace) {
    const [broker, reader] = [redisBroker({ ...place, window: 1_000 }), redisBroker(place)];
    const seqs: number[] = [];
    const feed = createFeed({
      broker: reader,
      listener: {
        onStart() {},
        onEntry: ({ seq }) => void seqs.push(seq),
        onGap: (gap) => expect(gap).toBeUndefined(),
        onRestart: (restart) => expect(restart).toBeUndefined(),
        onUnnumbered() {},
      },
    });
    feed.start();
    closers.push(
      () => broker.close(),
      () => reader.close(),
      () => feed.stop(),
    );
    return { broker, feed, seqs };
  }

  /** Why neither commands nor subscriptions come about. */
  async function refusalOf(place: RedisPlace): Promise<string> {
    const lines: string[] = [];
    const logger = { info() {}, warn: (details: object, text: string) => lines.push(JSON.stringify([text, details])) };
    const broker = redisBroker({ ...place, logger });
    closers.push(() => broker.close());
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    expect(await broker.publish("events", "secret").then(String, () => "refused")).toBe("refused");
    const said = (what: string) => lines.find((line) => line.includes(what));
    await eventually(() => said("connection failed") !== undefined && said("subscription failed") !== undefined);
    expect(listener.ups).toBe(0);
    return lines.join("\n");
  }

  test("one server: the log and its announcements pass", async () => {
    const url = await startServer(certificates, "--tls-auth-clients", "no");
    const { broker, feed, seqs } = connect({ url, tls: { ca: certificates.ca } });
    await eventually(() => feed.status === "live");
    await broker.append(logEntries(1, 20));
    await eventually(() => feed.head === 20);
    expect(seqs).toEqual(range(20));
  });

  test("a server that asks for a client's certificate gets it, and refuses who has none", async () => {
    const url = await startServer();
    const { ca, server } = certificates;
    const { broker, feed } = connect({ url, tls: { ca, ...server } });
    await eventually(() => feed.status === "live");
    expect(await broker.append(logEntries(1, 2))).toBe(2);
    expect(await refusalOf({ url, tls: { ca } })).toMatch(/CERTIFICATE_REQUIRED/i);
  });

  test("a server that cannot prove who it is is told nothing, and the log says why", async () => {
    const url = await startServer(certificates, "--tls-auth-clients", "no");
    const { otherCa, ca } = certificates;
    expect(await refusalOf({ url, tls: { ca: otherCa } })).toContain("self signed certificate");
    // The public authorities do not know it either.
    expect(await refusalOf({ url })).toContain("self signed certificate");
    const stranger = await startServer(certificates.elsewhere, "--tls-auth-clients", "no");
    expect(await refusalOf({ url: stranger, tls: { ca } })).toContain("does not match certificate's altnames");
  });

  test("under sentinels, as users with the rights of docs/operations.md: after a failover all is as before", async () => {
    const redis = await startRedisWithSentinels({ tls: certificates });
    closers.push(redis.stop);
    await allow([redis.master, redis.replica], rightsIn(/^user rest on >… (.+)$/m));
    await allow(redis.sentinels, rightsIn(/`sentinel_user`\) needs\s+`([^`]+)`/));
    const { ca, server, otherCa } = certificates;
    const url = `${withUser(redis.url)}?sentinel_user=${USER}&sentinel_password=${PASSWORD}`;
    const place = { url, tls: { ca, ...server } };
    const { broker, feed, seqs } = connect(place);
    await eventually(() => feed.status === "live");
    await broker.append(logEntries(1, 20));
    await until("the replica has them", async () => Number(await redis.replica.call("XLEN", "events:log")) === 20);
    expect(await refusalOf({ ...place, tls: { ca: otherCa, ...server } })).toContain("self signed certificate");

    await redis.master.kill();
    await until("the log goes on", () => broker.append(logEntries(21, 40)).then(Boolean, () => false), 60_000);
    await eventually(() => feed.head === 40 && feed.status === "live");
    expect(seqs).toEqual(range(40));
    await expectNoneRefused([redis.replica, ...redis.sentinels]);
    expect(
      await refusalOf({ ...place, url: url.replace(`sentinel_password=${PASSWORD}`, "sentinel_password=x") }),
    ).toContain("WRONGPASS");
  });

  test("in a cluster whose nodes are known by name, as a user with few rights: after a failover all is as before", async () => {
    const redis = await startRedisCluster("events:log", { tls: certificates, announced: "localhost" });
    closers.push(redis.stop);
    const nodes = [redis.owner, redis.replica, ...redis.others];
    await allow(nodes, [...rightsIn(/^user rest on >… (.+)$/m), ...rightsIn(/In a cluster all three have `([^`]+)`/)]);
    const { ca, server, otherCa } = certificates;
    const place = { url: withUser(redis.url), tls: { ca, ...server } };
    const { broker, feed, seqs } = connect(place);
    await eventually(() => feed.status === "live");
    await broker.append(logEntries(1, 20));
    await until("the replica has them", async () => (await redis.replica.call("DBSIZE")) === 1);
    expect(await refusalOf({ ...place, tls: { ca: otherCa, ...server } })).toContain("self signed certificate");

    await redis.owner.kill();
    await until("the log goes on", () => broker.append(logEntries(21, 40)).then(Boolean, () => false), 60_000);
    await eventually(() => feed.head === 40 && feed.status === "live");
    expect(seqs).toEqual(range(40));
    await expectNoneRefused([redis.replica, ...redis.others]);
    const living = place.url.replace(`127.0.0.1:${redis.owner.port},`, "");
    expect(await refusalOf({ ...place, url: living.replace(PASSWORD, "x") })).toContain("WRONGPASS");
  });
});

const USER = "service";
const PASSWORD = "of-a-service";
const page = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");

function rightsIn(pattern: RegExp): readonly string[] {
  return pattern.exec(page)?.[1]?.split(" ") ?? [];
}

function withUser(url: string): string {
  return url.replace("://", `://${USER}:${PASSWORD}@`);
}

async function allow(servers: readonly RedisProcess[], rights: readonly string[]): Promise<void> {
  expect(rights.length).toBeGreaterThan(1);
  for (const { call } of servers) await call("ACL", "SETUSER", USER, "on", `>${PASSWORD}`, ...rights);
}

/** ioredis says what it is, which a newer Redis would take down; it is of no use to us. */
async function expectNoneRefused(servers: readonly RedisProcess[]): Promise<void> {
  const logs = await Promise.all(servers.map(({ call }) => call("ACL", "LOG") as Promise<readonly object[]>));
  const refused = logs.flat().map((entry) => JSON.stringify(entry));
  expect(refused.filter((entry) => !entry.includes("client|setinfo"))).toEqual([]);
}

function range(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
