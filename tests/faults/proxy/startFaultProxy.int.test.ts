import { afterEach, describe, expect, test } from "bun:test";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { seededRandom } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import { until } from "../support/until.ts";
import { startFaultProxy } from "./startFaultProxy.ts";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.toReversed()) await close();
  opened.length = 0;
});

/** A server that says its name to whoever connects, then echoes, behind a proxy. */
async function setUp(names: readonly string[] = ["a"]) {
  const peers: Socket[] = [];
  const ports: number[] = [];
  for (const name of names) {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      peers.push(socket);
      socket.on("error", () => {});
      socket.write(name);
      socket.on("data", (bytes) => socket.write(bytes));
      socket.on("end", () => socket.end());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    ports.push(typeof address === "object" && address !== null ? address.port : 0);
    opened.push(async () => {
      for (const peer of peers) peer.destroy();
      server.close();
    });
  }
  const chance = seededRandom(7);
  const proxy = await startFaultProxy({ upstreams: () => ports, random: () => chance.next(1_000) / 1_000 });
  opened.push(() => proxy.stop());
  return {
    proxy,
    peers,
    ports,
    dial: async () => {
      const socket = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
      const heard = { text: "", pieces: 0, end: false, code: "" };
      socket.on("data", (bytes) => {
        heard.text += bytes.toString();
        heard.pieces += 1;
      });
      socket.on("end", () => {
        heard.end = true;
      });
      socket.on("error", (error) => {
        heard.code = "code" in error ? String(error.code) : "?";
      });
      opened.push(async () => socket.destroy());
      return { socket, heard };
    },
  };
}

describe("the fault proxy", () => {
  test("passes everything in both directions, and the end of it", async () => {
    const { dial } = await setUp();
    const { socket, heard } = await dial();
    const text = "x".repeat(300_000);
    socket.end(text);
    await until("it arrives", () => heard.end);
    expect(heard.text).toBe(`a${text}`);
  });

  test("takes upstreams in turn, and passes over one that refuses", async () => {
    const { dial, ports } = await setUp(["a", "b"]);
    const first = await dial();
    const second = await dial();
    await until("it arrives", () => first.heard.text !== "" && second.heard.text !== "");
    expect([first.heard.text, second.heard.text].toSorted()).toEqual(["a", "b"]);
    ports.splice(0, 2, 1, ports[1] ?? 0);
    const third = await dial();
    const fourth = await dial();
    await until("it arrives", () => third.heard.text !== "" && fourth.heard.text !== "");
    expect([third.heard.text, fourth.heard.text]).toEqual(["b", "b"]);
  });

  test("delays by the latency, and keeps the order under jitter", async () => {
    const { dial, proxy } = await setUp();
    const { socket, heard } = await dial();
    await until("it arrives", () => heard.text === "a");
    proxy.set({ downstream: { latencyMs: 60, jitterMs: 40 } });
    const before = performance.now();
    const text = Array.from({ length: 50 }, (_, index) => `${index},`);
    for (const word of text) {
      socket.write(word);
      await Bun.sleep(1);
    }
    await until("it arrives", () => heard.text.endsWith("49,"));
    expect(performance.now() - before).toBeGreaterThan(60);
    expect(heard.text).toBe(`a${text.join("")}`);
  });

  test("lets no more through than the bandwidth", async () => {
    const { dial, proxy } = await setUp();
    const { socket, heard } = await dial();
    proxy.set({ upstream: { bytesPerSecond: 20_000 } });
    const before = performance.now();
    socket.write("y".repeat(6_000));
    await until("it arrives", () => heard.text.length === 6_001);
    expect(performance.now() - before).toBeGreaterThan(280);
  });

  test("swallows bytes and ends in a black hole, and gives them back when it is over", async () => {
    const { dial, proxy, peers } = await setUp();
    const { socket, heard } = await dial();
    await until("it arrives", () => heard.text === "a");
    proxy.set({ upstream: { blackHole: true }, downstream: { blackHole: true } });
    socket.write("late");
    peers[0]?.write("news");
    await Bun.sleep(50);
    expect(heard.text).toBe("a");
    proxy.heal();
    await until("it arrives", () => heard.text.length === 9);
    proxy.set({ upstream: { blackHole: true } });
    socket.resetAndDestroy();
    await Bun.sleep(50);
    expect(peers[0]?.destroyed).toBe(false);
    proxy.heal();
    await until("it arrives", () => peers[0]?.destroyed === true);
  });

  test("slices into single bytes", async () => {
    const { dial, proxy } = await setUp();
    proxy.set({ upstream: { sliceBytes: 1 }, downstream: { sliceBytes: 1 } });
    const { socket, heard } = await dial();
    socket.write("many pieces");
    await until("it arrives", () => heard.text === "amany pieces");
    expect(heard.pieces).toBeGreaterThan(3);
  });

  test("resets both ends after so many bytes", async () => {
    const { dial, proxy, peers } = await setUp();
    proxy.set({ downstream: { limitBytes: 5 } });
    const { socket, heard } = await dial();
    socket.write("0123456789");
    await until("it arrives", () => heard.code !== "" && peers[0]?.destroyed === true);
    expect(heard.code).toBe("ECONNRESET");
    expect("a0123".startsWith(heard.text)).toBe(true);
    expect(proxy.open()).toBe(0);
  });

  test("cuts, and refuses while it is down", async () => {
    const { dial, proxy } = await setUp();
    const first = await dial();
    await until("it arrives", () => first.heard.text === "a");
    proxy.cut("end");
    await until("it arrives", () => first.heard.end);
    proxy.down();
    const second = await dial();
    await until("it arrives", () => second.heard.code !== "");
    expect(second.heard.text).toBe("");
    proxy.heal();
    const third = await dial();
    await until("it arrives", () => third.heard.text === "a");
  });
});
