import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/**
 * What says where the master is, as much of a sentinel as a client needs: but it may say anything, and its answers can
 * be held back.
 */
export async function startFakeSentinel(first: number) {
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
    stop: () => void server.close(),
  };
}
