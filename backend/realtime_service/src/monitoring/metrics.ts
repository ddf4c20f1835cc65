import type { Feed } from "@espigon/event_feed";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

export type RealtimeMetrics = {
  readonly registry: Registry;
  connected(role: string): void;
  disconnected(role: string, code: number, reason: string): void;
  /** One frame of this type to that many sockets. */
  sent(type: string, sockets: number): void;
  /** An upgrade that was refused, by problem code. */
  refused(code: string): void;
  resynced(reason: string, sockets: number): void;
  malformedFrame(): void;
  cutOffSlowReader(): void;
  /** From the instant of the change to the write to the sockets, in milliseconds. */
  delivered(milliseconds: number): void;
  /** Reports what a feed has seen. */
  watchFeed(feed: Feed): void;
};

/** The metrics of one node, in a registry of its own. Label values are few and never come from outside. */
export function createMetrics(): RealtimeMetrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `realtime_${name}`, help, labelNames, registers });
  const connections = new Gauge({
    name: "realtime_connections",
    help: "Open sockets by role",
    labelNames: ["role"],
    registers,
  });
  // Counted in a plain map, since it changes with every frame, and handed over when somebody asks.
  const sent = new Map<string, number>();
  const frames = new Counter({
    name: "realtime_frames_out_total",
    help: "Frames sent, by type and socket",
    labelNames: ["type"],
    registers,
    collect() {
      frames.reset();
      for (const [type, count] of sent) frames.inc({ type }, count);
    },
  });
  const closes = counter("closes_total", "Closed sockets by cause", ["cause"]);
  const refusals = counter("refusals_total", "Upgrades refused, by problem code", ["code"]);
  const resyncs = counter("resyncs_total", "RESYNC frames by reason", ["reason"]);
  const malformed = counter("malformed_frames_total", "Frames of clients that were refused");
  const slow = counter("slow_readers_total", "Sockets cut off because their reader took nothing");
  const delivery = new Histogram({
    name: "realtime_delivery_seconds",
    help: "From the instant of the change to the write to the sockets",
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers,
  });

  return {
    registry,
    connected: (role) => connections.inc({ role }),
    disconnected(role, code, reason) {
      connections.dec({ role });
      closes.inc({ cause: closeCause(code, reason) });
    },
    sent: (type, sockets) => void sent.set(type, (sent.get(type) ?? 0) + sockets),
    refused: (code) => refusals.inc({ code }),
    resynced: (reason, sockets) => resyncs.inc({ reason }, sockets),
    malformedFrame: () => malformed.inc(),
    cutOffSlowReader: () => slow.inc(),
    delivered: (milliseconds) => delivery.observe(Math.max(0, milliseconds) / 1000),
    watchFeed(feed) {
      const seen = new Gauge({
        name: "realtime_feed",
        help: "What the feed has seen since the start",
        labelNames: ["what"],
        registers,
        collect() {
          for (const [what, count] of Object.entries(feed.counters)) seen.set({ what }, count);
          seen.set({ what: "head" }, feed.head);
        },
      });
    },
  };
}

const KNOWN_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005, 1006, 1008, 1009, 1012, 4400, 4401, 4403, 4429]);

/** Bun reports every protocol error as 1006, and what it was in the reason. */
function closeCause(code: number, reason: string): string {
  if (code === 1006 && /too big/i.test(reason)) return "1009";
  if (code === 1006 && /utf-?8/i.test(reason)) return "1007";
  return KNOWN_CODES.has(code) ? String(code) : "other";
}
