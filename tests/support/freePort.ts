import { requireFreePorts } from "../../standalone/src/ports.ts";

/**
 * Where tests listen: below the ports that the kernel gives to outgoing connections (from 32768 on Linux), so that none
 * of those takes a port between the test that chose it and the program that will listen on it, nor while a program that
 * a test has killed is away. The lower part is for `freeOffset`, the upper one for `freePort`.
 */
const FIRST = 13_000;
const FIRST_SLICE = 24_500;
const SLICES = 100;
const SLICE_PORTS = 80;

const slice = FIRST_SLICE + (process.pid % SLICES) * SLICE_PORTS;
let next = Math.floor(Math.random() * SLICE_PORTS);

/**
 * A TCP port of the loopback interface that nobody listens on. Every process hands out its own slice in turn: test
 * processes beside each other never offer the same.
 * @throws when all of the slice are taken.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < SLICE_PORTS; attempt += 1) {
    const port = slice + (next++ % SLICE_PORTS);
    if (await areFree([port])) return port;
  }
  throw new Error(`no free port from ${slice} to ${slice + SLICE_PORTS - 1}`);
}

/** What can be added to all of these ports so that nobody listens on any of them. */
export async function freeOffset(ports: Readonly<Record<string, number | readonly number[]>>): Promise<number> {
  const all = Object.values(ports).flat();
  const least = FIRST - Math.min(...all);
  const most = FIRST_SLICE - Math.max(...all);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const offset = least + Math.floor(Math.random() * (most - least));
    if (await areFree(all.map((port) => port + offset))) return offset;
  }
  throw new Error("no free ports");
}

function areFree(ports: readonly number[]): Promise<boolean> {
  return requireFreePorts({ ports }, "127.0.0.1").then(
    () => true,
    () => false,
  );
}
