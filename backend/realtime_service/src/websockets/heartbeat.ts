import type { RealtimeMetrics } from "../monitoring/metrics.ts";
import type { Client } from "./client.ts";
import type { Hub } from "./hub.ts";
import type { TimerWheel } from "./timerWheel.ts";

/** A HEAD leaves after this part of the heartbeat, so that a late timer does not break the promise. */
const EARLY = 0.8;
/** At least this far apart, in milliseconds, and at most so many groups of connections have their beat. */
const LEAST_STEP_MS = 50;
const MOST_PLACES = 120;

export type HeartbeatDeps = {
  readonly hub: Pick<Hub, "sendHead">;
  readonly wheel: TimerWheel;
  /** Called for each connection with each of its beats. */
  readonly watchExpiry: (client: Client) => void;
  readonly metrics: Pick<RealtimeMetrics, "cutOffSlowReader">;
  readonly heartbeatMs: number;
  readonly slowReaderMs: number;
  readonly now: () => number;
};

export type Heartbeat = {
  /** From now on the connection has its beats, until it has ended. */
  join(client: Client): void;
  start(): void;
  /** Gives the beats that are due; the heartbeat's own interval calls it. */
  readonly turn: () => void;
  stop(): void;
};

/**
 * Sends each connection its HEAD and cuts off a reader that takes nothing. Connections sit in a ring of places that one
 * timer goes round, so a beat costs nothing to arm, and one that has ended is forgotten at its next beat.
 */
export function createHeartbeat(deps: HeartbeatDeps): Heartbeat {
  const { hub, wheel, now } = deps;
  const periodMs = deps.heartbeatMs * EARLY;
  const stepMs = Math.max(LEAST_STEP_MS, periodMs / MOST_PLACES);
  const places: Client[][] = Array.from({ length: Math.max(1, Math.floor(periodMs / stepMs)) }, () => []);
  let position = stepOf(now());
  let timer: ReturnType<typeof setInterval> | undefined;

  function stepOf(time: number): number {
    return Math.floor(time / stepMs);
  }

  const cutOffIfStuck = (client: Client) => {
    const { stuckSince } = client;
    if (client.state !== "open" || stuckSince === undefined) return;
    if (now() - stuckSince < deps.slowReaderMs) return;
    deps.metrics.cutOffSlowReader();
    client.socket.terminate();
  };
  const beat = (client: Client) => {
    hub.sendHead(client);
    deps.watchExpiry(client);
    if (client.stuckSince === undefined) return;
    // It lies in the future only when the clock was set back.
    client.stuckSince = Math.min(client.stuckSince, now());
    wheel.at(client.stuckSince + deps.slowReaderMs, cutOffIfStuck, client);
  };

  const heartbeat: Heartbeat = {
    join(client) {
      places[position % places.length]?.push(client);
    },
    start() {
      timer ??= setInterval(heartbeat.turn, stepMs);
    },
    turn() {
      const current = stepOf(now());
      // After a long sleep one round is enough; and a clock that was set back must not silence anybody.
      position = Math.min(current, Math.max(position, current - places.length));
      while (position < current) {
        position += 1;
        const index = position % places.length;
        const open = (places[index] ?? []).filter(({ state }) => state === "open");
        places[index] = open;
        open.forEach(beat);
      }
    },
    stop: () => clearInterval(timer),
  };
  return heartbeat;
}
