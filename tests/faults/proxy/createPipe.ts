import type { Socket } from "node:net";
import { createSignal } from "../../../backend/rest_service/src/infrastructure/sequencer/createSignal.ts";
import type { Toxics } from "./Toxics.ts";

/** Takes what has arrived, gives what is to be passed on. May keep a rest for the next call. */
export type Filter = (bytes: Buffer) => readonly Buffer[];

export type PipeDeps = {
  readonly source: Socket;
  readonly sink: Socket;
  /** Asked anew for every piece. */
  readonly toxics: () => Toxics;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly filter: Filter;
  /** Resets both ends. */
  readonly reset: () => void;
};

export type Pipe = {
  /** The sink is connected: pass on. */
  start(): void;
  /** The toxics have changed. */
  wake(): void;
  /** Ends the loop; the sockets are the caller's. */
  stop(): void;
  /** Bytes delivered so far. */
  delivered(): number;
};

type Item = { readonly due: number } & (
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "end" }
  | { readonly kind: "reset" }
);

const HIGH_WATER_BYTES = 256 * 1024;
const LONGEST_WAIT_MS = 1_000;
/** With a bandwidth, pieces are as large as what passes in this time. */
const BANDWIDTH_STEP_MS = 20;

/** One direction of a proxied connection: bytes, ends and resets arrive in order, each when the toxics let it. */
export function createPipe(deps: PipeDeps): Pipe {
  const { source, sink, toxics } = deps;
  const queue: Item[] = [];
  const signal = createSignal();
  let queued = 0;
  let lastDue = 0;
  let delivered = 0;
  let limited: { of: number; left: number } | undefined;
  const life = { stopped: false };

  const due = () => {
    const { latencyMs = 0, jitterMs = 0 } = toxics();
    lastDue = Math.max(lastDue, performance.now() + latencyMs + deps.random() * jitterMs);
    return lastDue;
  };
  const push = (item: Item) => {
    queue.push(item);
    signal.ring();
  };
  source.on("data", (chunk: Buffer) => {
    for (const bytes of deps.filter(chunk)) {
      queued += bytes.length;
      push({ kind: "bytes", bytes, due: due() });
    }
    if (queued > HIGH_WATER_BYTES) source.pause();
  });
  source.on("end", () => push({ kind: "end", due: due() }));
  source.on("close", (failed: boolean) => {
    if (failed) push({ kind: "reset", due: due() });
  });

  const take = (): Item | undefined => {
    const item = queue.shift();
    if (item?.kind === "bytes") queued -= item.bytes.length;
    if (queued <= HIGH_WATER_BYTES) source.resume();
    return item;
  };

  /** How many of these bytes may pass before the limit. */
  const allowance = (size: number, limitBytes: number | undefined): number => {
    if (limitBytes === undefined) {
      limited = undefined;
      return size;
    }
    if (limited?.of !== limitBytes) limited = { of: limitBytes, left: limitBytes };
    return Math.min(size, limited.left);
  };

  const write = async (piece: Buffer): Promise<void> => {
    delivered += piece.length;
    if (sink.destroyed || sink.write(piece)) return;
    await new Promise<void>((resolve) => {
      sink.once("drain", resolve);
      sink.once("close", () => resolve());
    });
  };

  const deliver = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length && !life.stopped;) {
      const { sliceBytes = bytes.length, bytesPerSecond, limitBytes } = toxics();
      const step = bytesPerSecond === undefined ? bytes.length : (bytesPerSecond * BANDWIDTH_STEP_MS) / 1_000;
      const wanted = Math.min(bytes.length - at, sliceBytes, Math.max(1, Math.floor(step)));
      const size = allowance(wanted, limitBytes);
      if (size > 0) await write(bytes.subarray(at, at + size));
      if (limited !== undefined) limited.left -= size;
      if (size < wanted || limited?.left === 0) return deps.reset();
      at += size;
      if (bytesPerSecond !== undefined) await Bun.sleep((size / bytesPerSecond) * 1_000);
      else if (size < bytes.length) await new Promise(setImmediate);
    }
  };

  const run = async (): Promise<void> => {
    while (!life.stopped) {
      const next = queue[0];
      const wait = next === undefined || toxics().blackHole === true ? LONGEST_WAIT_MS : next.due - performance.now();
      if (wait > 0) {
        await signal.wait(Math.min(wait, LONGEST_WAIT_MS));
        continue;
      }
      const item = take();
      if (item?.kind === "bytes") await deliver(item.bytes);
      else if (item?.kind === "end") sink.end();
      else return deps.reset();
    }
  };

  return {
    start: () => void run(),
    wake: () => signal.ring(),
    stop() {
      life.stopped = true;
      signal.ring();
    },
    delivered: () => delivered,
  };
}
