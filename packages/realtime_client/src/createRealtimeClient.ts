import type { ClientFrame } from "@espigon/event_contracts";
import type { CloseReason, ConnectionState } from "./ConnectionState.ts";
import { createLedger } from "./ledger.ts";
import { type Line, openLine } from "./line.ts";
import { browserSignals, type PageSignals } from "./PageSignals.ts";
import type { RealtimeClient } from "./RealtimeClient.ts";
import type { RealtimeEvent, RealtimeListener } from "./RealtimeEvent.ts";
import { createRetryPolicy, type LinkEnd, STABLE_MS } from "./retryPolicy.ts";
import { createRooms } from "./rooms.ts";
import { type Cancel, type Scheduler, systemScheduler } from "./Scheduler.ts";
import type { FetchStream } from "./sseTransport.ts";
import type { WebSocketConstructor } from "./transport.ts";
import { createTransportChoice, type TransportKind } from "./transportChoice.ts";

export type RealtimeClientOptions = {
  /** Address of the server, with the path: `ws://localhost:8085/ws`. */
  readonly url: string;
  /**
   * The access token; null: nobody is logged in, which closes the client. With `refresh` the last one is refused or
   * suspected: get a new one. A rejection counts as a failed attempt. Must end in bounded time.
   */
  readonly getToken: (options: { readonly refresh: boolean }) => Promise<string | null>;
  /** Address of the event stream, such as `http://localhost:8085/sse`, for networks that block sockets. None: sockets only. */
  readonly fallbackUrl?: string;
  /** Another client of the same principal has heard everything up to this seq, so that only what follows is missed. */
  readonly resumeFrom?: number;
  /** By default the platform's own, as is `fetch`. */
  readonly WebSocket?: WebSocketConstructor;
  readonly fetch?: FetchStream;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  readonly scheduler?: Scheduler;
  readonly signals?: PageSignals;
};

type TokenAnswer = { readonly kind: "told"; readonly token: string | null } | { readonly kind: "failed" };

/** Idle until `connect`. */
export function createRealtimeClient(options: RealtimeClientOptions): RealtimeClient {
  const { scheduler = systemScheduler, random = Math.random, signals = browserSignals() } = options;
  const { url, fallbackUrl, WebSocket = globalThis.WebSocket } = options;
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const choice = createTransportChoice(fallbackUrl !== undefined);
  const ledger = createLedger(options.resumeFrom);
  const policy = createRetryPolicy(random);
  const listeners = new Set<RealtimeListener>();
  const stateListeners = new Set<(state: ConnectionState) => void>();

  let state: ConnectionState = { status: "closed", reason: "idle" };
  /** The line in use, settled. */
  let active: Line | null = null;
  /** The line in the making: the first, the next, or one that will take over from `active`. */
  let candidate: Line | null = null;
  /** Counts dials, so that the token of an abandoned one is ignored. */
  let turn = 0;
  let dialing = false;
  /** The last token is refused or suspected: the next link needs a new one, whenever it is made. */
  let refresh = false;
  let attempt = 0;
  let heardAt: number | null = null;
  let cancelWait: Cancel | null = null;
  let cancelReturn: Cancel = () => {};
  let stopListening: Cancel = () => {};

  const setState = (next: ConnectionState): void => {
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  const emit = (event: RealtimeEvent): void => {
    for (const listener of listeners) listener(event);
  };
  /** To both lines while one takes over from the other; what is said before READY is dropped. */
  const say = (frame: ClientFrame): void => {
    active?.conversation.say(frame);
    candidate?.conversation.say(frame);
  };
  const rooms = createRooms({ scheduler, random, say, emit, onDropped: (room) => ledger.leave(`room:${room}`) });
  const lost = (retryAt: number | null): void => {
    const now = scheduler.now();
    const { since, heardAt: lastHeardAt } =
      state.status === "reconnecting" ? state : { since: now, heardAt: state.status === "live" ? heardAt : null };
    setState({ status: "reconnecting", attempt: Math.max(1, attempt), since, heardAt: lastHeardAt, retryAt });
  };
  const clearWait = (): void => {
    cancelWait?.();
    cancelWait = null;
  };

  const dialAfter = (delayMs: number): void => {
    clearWait();
    cancelWait = scheduler.after(delayMs, () => dial());
  };
  const dial = (kind: TransportKind = active?.kind ?? choice.next()): void => {
    clearWait();
    turn += 1;
    dialing = true;
    if (state.status === "reconnecting") lost(null);
    void openWithToken(turn, kind);
  };
  /** Makes the next connection beside the one in use, to take over from it. */
  const replace = (kind?: TransportKind): void => {
    if (candidate === null && !dialing) dial(kind);
  };
  const returnToSockets = (): void => {
    cancelReturn();
    cancelReturn = scheduler.after(choice.returnAfterMs(), () => {
      if (active?.kind === "sse") replace("websocket");
    });
  };
  const openWithToken = async (mine: number, kind: TransportKind): Promise<void> => {
    const renewed = refresh;
    const answer = await tokenOrFailure();
    if (mine !== turn) return;
    dialing = false;
    if (answer.kind === "failed") ended({ code: 1006, livedMs: null });
    else if (answer.token === null) shut("signed_out");
    else {
      if (renewed) refresh = false;
      candidate = newLine(kind, answer.token);
    }
  };
  const tokenOrFailure = async (): Promise<TokenAnswer> => {
    try {
      return { kind: "told", token: await options.getToken({ refresh }) };
    } catch {
      return { kind: "failed" };
    }
  };

  const newLine = (kind: TransportKind, token: string): Line => {
    let outdated = false;
    const line = openLine({
      kind,
      token,
      options: { url, fallbackUrl, WebSocket, fetch },
      ledger,
      rooms,
      scheduler,
      signals,
      emit,
      onSettled() {
        takeOver(line);
        if (outdated && line === active) replace();
      },
      onReconnect(afterMs) {
        if (active !== line || candidate !== null || dialing) return;
        if (state.status === "live" && scheduler.now() - state.since >= STABLE_MS) policy.reset();
        dialAfter(random() * afterMs);
      },
      onOutdated() {
        if (line === active) replace();
        else outdated = true;
      },
      onFrame(frame) {
        heardAt = scheduler.now();
        if (frame.type === "READY" && line === candidate) active?.conversation.retire();
      },
      onEnd(end) {
        if (end.livedMs === null) choice.failed(kind);
        const spare = line === candidate && active?.kind === "sse" && kind === "websocket";
        if (line === active) active = null;
        if (line === candidate) candidate = null;
        if (spare) returnToSockets();
        else ended(end);
      },
    });
    return line;
  };

  const takeOver = (line: Line): void => {
    line.link.settled();
    if (line !== candidate) return;
    candidate = null;
    active?.link.close();
    active = line;
    choice.settled(line.kind);
    if (line.kind === "sse") returnToSockets();
    if (state.status !== "live") setState({ status: "live", since: scheduler.now() });
  };

  const ended = (end: LinkEnd): void => {
    const step = policy.next(end);
    if (step.kind === "stop") {
      shut("forbidden");
      return;
    }
    attempt = step.attempt;
    refresh ||= step.refreshToken;
    const underWay = candidate !== null || dialing;
    if (!underWay) dialAfter(step.delayMs);
    if (active === null) lost(underWay ? null : scheduler.now() + step.delayMs);
  };

  const retry = (): void => {
    if (active !== null) active.link.check();
    else if (cancelWait !== null) {
      policy.reset();
      dial();
    }
  };

  const shut = (reason: CloseReason): void => {
    turn += 1;
    dialing = false;
    clearWait();
    cancelReturn();
    rooms.stop();
    stopListening();
    active?.link.close();
    candidate?.link.close();
    active = null;
    candidate = null;
    if (state.status !== "closed") setState({ status: "closed", reason });
  };

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heardAt: () => heardAt,
    position: () => ({ applied: ledger.applied(), resumePoint: ledger.resumePoint() }),
    connect() {
      if (state.status !== "closed") return;
      policy.reset();
      stopListening = signals.onWake(retry);
      setState({ status: "connecting" });
      dial();
    },
    retry,
    authenticate: (token) => say({ type: "AUTH", token }),
    joinRoom: rooms.want,
    leaveRoom: rooms.drop,
    typing: (room) => active?.link.send({ type: "TYPING", room }),
    close: () => shut("stopped"),
  };
}
