import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createPipe, type Filter, type Pipe } from "./createPipe.ts";
import type { Direction, Toxics } from "./Toxics.ts";

export type FaultProxyOptions = {
  /** Ports of the loopback interface, asked for each connection: in turn, the next one where the first refuses. */
  readonly upstreams: () => readonly number[];
  /** Where the turn begins. */
  readonly first?: number;
  /** Uniform in [0, 1): the only chance in the proxy. */
  readonly random: () => number;
  /** Made for each connection; sees what comes from upstream. */
  readonly filter?: () => Filter;
};

export type FaultProxy = {
  readonly port: number;
  /** From now on, for connections of now and later; what is not named has no toxic. */
  set(toxics: Partial<Record<Direction, Toxics>>): void;
  /** Ends all connections of now: politely, or with a reset. */
  cut(how: "end" | "reset"): void;
  /** Connections of now are reset and new ones too, until `heal`. */
  down(): void;
  /** No toxics, and open again. */
  heal(): void;
  /** Connections open at the moment. */
  open(): number;
  /** Connections taken so far. */
  taken(): number;
  stop(): Promise<void>;
};

type Line = { readonly ends: readonly Socket[]; readonly pipes: readonly Pipe[] };

const DIAL_MS = 2_000;

/** A TCP proxy on loopback that can do to its connections what networks do. All chance comes from `random`. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const lines = new Set<Line>();
  let toxics: Partial<Record<Direction, Toxics>> = {};
  let isDown = false;
  let taken = 0;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void accept(client));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the proxy has no port");

  async function accept(client: Socket): Promise<void> {
    client.on("error", () => {});
    taken += 1;
    const ports = options.upstreams();
    const upstream = isDown ? undefined : await dial(rotated(ports, (options.first ?? 0) + taken));
    if (upstream === undefined || client.destroyed) {
      client.resetAndDestroy();
      upstream?.destroy();
      return;
    }
    join(client, upstream);
  }

  function join(client: Socket, upstream: Socket): void {
    const pipe = (direction: Direction, source: Socket, sink: Socket, filter: Filter) =>
      createPipe({
        source,
        sink,
        toxics: () => toxics[direction] ?? {},
        random: options.random,
        filter,
        reset: () => end("reset"),
      });
    const line: Line = {
      ends: [client, upstream],
      pipes: [
        pipe("upstream", client, upstream, (bytes) => [bytes]),
        pipe("downstream", upstream, client, options.filter?.() ?? ((bytes) => [bytes])),
      ],
    };
    const end = (how: "end" | "reset") => endLine(line, how);
    lines.add(line);
    for (const socket of line.ends) {
      socket.on("close", () => {
        if (line.ends.every(({ destroyed }) => destroyed)) endLine(line, "end");
      });
    }
    for (const each of line.pipes) each.start();
  }

  function endLine(line: Line, how: "end" | "reset"): void {
    lines.delete(line);
    for (const pipe of line.pipes) pipe.stop();
    for (const socket of line.ends) {
      if (socket.destroyed) continue;
      if (how === "reset") socket.resetAndDestroy();
      else socket.destroy();
    }
  }
  const cut = (how: "end" | "reset") => {
    for (const line of Array.from(lines)) endLine(line, how);
  };
  const wakeAll = () => {
    for (const { pipes } of lines) for (const pipe of pipes) pipe.wake();
  };

  return {
    port: address.port,
    set(next) {
      toxics = next;
      wakeAll();
    },
    cut,
    down() {
      isDown = true;
      cut("reset");
    },
    heal() {
      isDown = false;
      toxics = {};
      wakeAll();
    },
    open: () => lines.size,
    taken: () => taken,
    async stop() {
      isDown = true;
      const closed = once(server, "close");
      server.close();
      cut("end");
      await closed;
    },
  };
}

function rotated(ports: readonly number[], by: number): readonly number[] {
  const start = ports.length === 0 ? 0 : by % ports.length;
  return [...ports.slice(start), ...ports.slice(0, start)];
}

/** The first that takes the connection. */
async function dial(ports: readonly number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const connected = await new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), DIAL_MS);
      const settle = (value: boolean) => {
        clearTimeout(late);
        resolve(value);
      };
      socket.once("connect", () => settle(true));
      socket.on("error", () => settle(false));
    });
    if (connected) return socket;
    socket.destroy();
  }
  return undefined;
}
