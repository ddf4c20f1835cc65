import { readdirSync, readFileSync } from "node:fs";
import { SUBPROTOCOL } from "@espigon/event_contracts";
import { signAccessToken } from "@espigon/service_kit";
import type { ServiceProcess } from "../cluster/ServiceProcess.ts";
import { JWT_SECRET } from "../cluster/startCluster.ts";
import { until } from "../support/until.ts";

/** What a process holds. Handles and bytes are known on Linux; 0 elsewhere. */
export type Footprint = { readonly connections: number; readonly handles: number; readonly bytes: number };

/** What counts as the same memory. */
export const MORE_BYTES = 1.05;

/** HTTP connections of those who ask how the node is come and go. */
export const MORE_HANDLES = 8;

/** Opens so many sockets of as many people at once, waits for READY on each, closes them and waits for their end. */
export async function connectMany({ port }: ServiceProcess, count: number): Promise<void> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const claims = { user_id: String(900_000 + index), role: "CLIENT" as const };
      const token = await signAccessToken(JWT_SECRET, { ...claims, expires_at: Math.floor(Date.now() / 1_000) + 600 });
      return new WebSocket(`ws://127.0.0.1:${port}/ws`, [SUBPROTOCOL, `bearer.${token}`]);
    }),
  );
  const ended = sockets.map((socket) => new Promise((resolve) => socket.addEventListener("close", resolve)));
  const ready = sockets.map(
    (socket) =>
      new Promise((resolve, reject) => {
        socket.addEventListener("message", resolve);
        socket.addEventListener("close", ({ code }) => reject(new Error(`closed with ${code} before READY`)));
      }),
  );
  await Promise.all(ready);
  for (const socket of sockets) socket.close();
  await Promise.all(ended);
}

/** Waits until a process holds what it held at `base` or less, if that is given; then what it holds. */
export async function footprintOf(node: ServiceProcess, base?: Footprint): Promise<Footprint> {
  let last = await look(node);
  const isBack = async () => {
    last = await look(node);
    if (base === undefined) return true;
    const { connections, handles, bytes } = base;
    return (
      last.connections <= connections && last.handles <= handles + MORE_HANDLES && last.bytes <= bytes * MORE_BYTES
    );
  };
  // What is not back by then is judged by the caller.
  await until("what was held is given back", isBack, 40_000).catch(() => undefined);
  return last;
}

async function look({ url, pid }: ServiceProcess): Promise<Footprint> {
  const metrics = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
  const counts = [...metrics.matchAll(/^realtime_connections\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
  const connections = counts.reduce((sum, count) => sum + count, 0);
  if (process.platform !== "linux") return { connections, handles: 0, bytes: 0 };
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid()}/status`, "utf8"));
  return { connections, handles: readdirSync(`/proc/${pid()}/fd`).length, bytes: Number(resident?.[1]) * 1_024 };
}
