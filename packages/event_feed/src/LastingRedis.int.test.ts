import { afterEach, describe, expect, test } from "bun:test";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { startRedis } from "../../../tests/support/testRedis.ts";
import { eventually, logEntry, recordingListener } from "./brokerContract.ts";
import { redisBroker } from "./redisBroker.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

describe("a failover is told while the master is looked for:", () => {
  test("commands and subscriptions find the master that comes", async () => {
    const [old, next] = [await startRedis(), await startRedis()];
    closers.push(
      () => next.stop(),
      () => old.stop(),
    );
    const sentinel = await startSentinel(portOf(old.url));
    const broker = redisBroker({ url: `redis+sentinel://127.0.0.1:${sentinel.port}/main` });
    closers.push(() => broker.close());
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    await broker.append([logEntry(1)]);
    await eventually(() => listener.ups === 1 && sentinel.listeners() === 2);

    sentinel.hesitate();
    await old.stop("SIGKILL");
    await eventually(() => sentinel.waiting() === 2);
    sentinel.switchTo(portOf(next.url));
    await eventually(() => sentinel.listeners() === 0);
    sentinel.answer();

    await eventually(() => listener.ups === 2);
    expect(await broker.lastSeq()).toBe(0);
    expect(await broker.append([logEntry(1)])).toBe(1);
    await eventually(() => listener.messages.length > 0);
  });
});

/** What says where the master is, as much of a sentinel as a client needs: but its answers can be held back. */
async function startSentinel(first: number) {
  let master = first;
  let held: (() => void)[] | undefined;
  const listeners = new Set<Socket>();
  const reply = (kind: "*" | ">", ...texts: string[]) =>
    `${kind}${texts.length}\r\n${texts.map((text) => `$${text.length}\r\n${text}\r\n`).join("")}`;

  const obey = (socket: Socket, [name = "", subject = ""]: readonly string[]) => {
    if (name === "subscribe") {
      listeners.add(socket);
      socket.on("close", () => listeners.delete(socket));
      socket.write(">3\r\n$9\r\nsubscribe\r\n$14\r\n+switch-master\r\n:1\r\n");
    } else if (name === "hello") socket.write("%0\r\n");
    else if (subject === "get-master-addr-by-name") {
      const answer = () => socket.write(reply("*", "127.0.0.1", String(master)));
      if (held === undefined) answer();
      else held.push(answer);
    } else if (subject === "sentinels") socket.write("*0\r\n");
    else socket.write("-ERR unknown command\r\n");
  };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      for (const [, args = ""] of bytes.toString().matchAll(/\*\d+\r\n((?:\$\d+\r\n[^\r]*\r\n)+)/g)) {
        const words = [...args.matchAll(/\$\d+\r\n([^\r]*)\r\n/g)].map(([, word = ""]) => word.toLowerCase());
        obey(socket, words);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return {
    port: (server.address() as { port: number }).port,
    /** How many are told of a failover. */
    listeners: () => listeners.size,
    /** From now on nobody is answered where the master is, until `answer`. */
    hesitate: () => void (held = []),
    waiting: () => held?.length ?? 0,
    switchTo(port: number) {
      master = port;
      for (const socket of listeners) socket.write(reply(">", "message", "+switch-master", `main 127.0.0.1 ${port}`));
    },
    answer() {
      for (const each of held ?? []) each();
      held = undefined;
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
