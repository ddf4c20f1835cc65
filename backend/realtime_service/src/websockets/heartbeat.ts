import type { RealtimeMetrics } from "../monitoring/metrics.ts";
import type { Client } from "./client.ts";
import type { Hub } from "./hub.ts";
import type { TimerWheel } from "./timerWheel.ts";

/** A HEAD leaves after this part of the heartbeat, so that a late timer does not break the promise. */
const EARLY = 0.8;

export type HeartbeatDeps = {
  readonly wheel: TimerWheel;
  readonly hub: Hub;
  readonly metrics: RealtimeMetrics;
  readonly heartbeatMs: number;
  readonly slowReaderMs: number;
  readonly now: () => number;
};

/**
 * Sends each connection its HEAD, each at its own time, and cuts off a reader that takes nothing. Returns what starts
 * it for one connection; cancelling `client.heartbeat` ends it.
 */
export function createHeartbeat(deps: HeartbeatDeps): (client: Client) => void {
  const { wheel, hub, now } = deps;
  const cutOffIfStuck = (client: Client) => {
    const { stuckSince } = client;
    if (client.state !== "open" || stuckSince === undefined) return;
    if (now() - stuckSince < deps.slowReaderMs) return;
    deps.metrics.cutOffSlowReader();
    client.socket.terminate();
  };
  const beat = (client: Client) => {
    if (client.state !== "open") return;
    hub.sendHead(client);
    const { stuckSince } = client;
    if (stuckSince !== undefined) wheel.at(stuckSince + deps.slowReaderMs, cutOffIfStuck, client);
    start(client);
  };
  const start = (client: Client) => {
    client.heartbeat = wheel.at(now() + deps.heartbeatMs * EARLY, beat, client);
  };
  return start;
}
