import { type ClientFrame, HEARTBEAT_MS, type Notification, type ServerControlFrame } from "@espigon/event_contracts";
import { decodeFrame } from "./decodeFrame.ts";
import type { PageSignals } from "./PageSignals.ts";
import type { LinkEnd } from "./retryPolicy.ts";
import type { Cancel, Scheduler } from "./Scheduler.ts";
import type { Transport, TransportListener } from "./transport.ts";
import { createWatchdog, type Watchdog } from "./watchdog.ts";

/** From the start of a socket to READY, and from RESUME to its answer. */
const HANDSHAKE_MS = 10_000;

/** A dashboard must not look live on a dead link: with the answer time below, it is known after 8 s at most. */
const PROBE_AFTER_MS = 5_000;
const ANSWER_WITHIN_MS = 3_000;

export type LinkFrame = ServerControlFrame | Notification;

export type LinkDeps = {
  readonly open: (listener: TransportListener) => Transport;
  readonly scheduler: Scheduler;
  readonly signals: PageSignals;
  readonly onFrame: (frame: LinkFrame) => void;
  /** Asked for a frame that the server answers at once; absent where it cannot be asked anything. */
  readonly probe: (() => void) | undefined;
  /** Something can only be said to the next connection, which is to be made before this one is left. */
  readonly onOutdated: () => void;
  /** Once, and nothing after it; not after `close`. */
  readonly onEnd: (end: LinkEnd) => void;
};

/** One socket, or stream, from its opening to its end, watched. */
export type Link = {
  readonly send: (frame: ClientFrame) => void;
  /** READY was heard and RESUME was answered: from now on it counts as live. */
  readonly settled: () => void;
  /** Asks for a sign of life now. */
  readonly check: () => void;
  /** Ends it without a word. */
  readonly close: () => void;
};

export function openLink(deps: LinkDeps): Link {
  const { scheduler } = deps;
  let watchdog: Watchdog | undefined;
  let liveSince: number | null = null;
  let ended = false;
  let heartbeatMs = HEARTBEAT_MS;

  const cancelHandshake: Cancel = scheduler.after(HANDSHAKE_MS, () => finish(1006));
  const finish = (code: number): void => {
    if (ended) return;
    stop();
    deps.onEnd({ code, livedMs: liveSince === null ? null : scheduler.now() - liveSince });
  };
  const stop = (): void => {
    ended = true;
    cancelHandshake();
    watchdog?.stop();
    transport.close();
  };
  const { probe } = deps;
  const transport = deps.open({
    onUnsayable: deps.onOutdated,
    onText(text) {
      watchdog?.heard();
      const frame = decodeFrame(text);
      if (frame === undefined) return;
      if (frame.type === "READY") {
        heartbeatMs = frame.heartbeat_ms;
        watchdog ??= createWatchdog({
          scheduler,
          probeAfterMs: () => (probe !== undefined && deps.signals.isVisible() ? PROBE_AFTER_MS : 2 * heartbeatMs),
          answerWithinMs: ANSWER_WITHIN_MS,
          probe: probe ?? (() => {}),
          onDead: () => finish(1006),
        });
      }
      deps.onFrame(frame);
    },
    onEnd: finish,
  });
  return {
    send: transport.send,
    settled() {
      cancelHandshake();
      liveSince ??= scheduler.now();
    },
    check() {
      if (probe === undefined) deps.onOutdated();
      else watchdog?.check();
    },
    close() {
      if (!ended) stop();
    },
  };
}
