import { createSocket, type Socket } from "node:dgram";
import { requireFreePorts } from "../../standalone/src/ports.ts";

/**
 * Where tests listen: below the ports that the kernel gives to outgoing connections (from 32768 on Linux), so that none
 * of those takes a port between the test that chose it and the program that will listen on it, nor while a program that
 * a test has killed is away.
 */
const FIRST = 13_000;
const LAST = 32_000;
const ATTEMPTS = 100;

/** A TCP port of the loopback interface that nobody listens on, and that nobody else is given by this or `freeOffset`. */
export function freePort(random: () => number = Math.random): Promise<number> {
  return freeOffset({ port: 0 }, random);
}

/**
 * What can be added to all of these ports so that nobody listens on any of them. They are kept for us until this process
 * ends: nobody else is given one of them, in whatever process, though nothing listens there yet or at the moment.
 */
export async function freeOffset(
  ports: Readonly<Record<string, number | readonly number[]>>,
  random: () => number = Math.random,
): Promise<number> {
  const all = Object.values(ports).flat();
  const least = FIRST - Math.min(...all);
  const most = LAST - Math.max(...all);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const offset = least + Math.floor(random() * (most - least));
    if (await keep(all.map((port) => port + offset))) return offset;
  }
  throw new Error("no free ports");
}

/** Whether all of these were free and are kept now. */
async function keep(ports: readonly number[]): Promise<boolean> {
  const marks: Socket[] = [];
  for (const port of ports) {
    const mark = await markAt(port);
    if (mark !== undefined) marks.push(mark);
  }
  if (marks.length === ports.length && (await areFree(ports))) return true;
  for (const mark of marks) mark.close();
  return false;
}

/** A UDP socket on the port of this number, which is in nobody's way and ends with its process; absent if one is there. */
function markAt(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const mark = createSocket("udp4");
    mark.once("error", () => {
      mark.close();
      resolve(undefined);
    });
    mark.bind({ port, address: "127.0.0.1", exclusive: true }, () => resolve(mark.unref()));
  });
}

function areFree(ports: readonly number[]): Promise<boolean> {
  return requireFreePorts({ ports }, "127.0.0.1").then(
    () => true,
    () => false,
  );
}
