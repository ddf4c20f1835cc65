import type { CloseReason, ConnectionState } from "../ConnectionState.ts";
import { createRealtimeClient, type RealtimeClientOptions } from "../createRealtimeClient.ts";
import { browserSignals } from "../PageSignals.ts";
import type { RealtimeClient } from "../RealtimeClient.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import { type Cancel, systemScheduler } from "../Scheduler.ts";
import { browserTabs } from "./browserTabs.ts";
import { BEAT_MS, createLeader, type Leader } from "./createLeader.ts";
import { createDelivery } from "./delivery.ts";
import { isRefused } from "./sharedRooms.ts";
import {
  type FollowerMessage,
  type LeaderMessage,
  TAB_PROTOCOL,
  type TabMessage,
  type WantedRoom,
} from "./TabMessage.ts";
import type { TabChannel, Tabs } from "./Tabs.ts";

/** A visible tab that heard nothing of its leader for this long takes over. */
const SILENCE_MS = 5_000;

export type SharedClientOptions = RealtimeClientOptions & {
  /** Names the login: tabs with the same name share one connection. Asked at each `connect`. */
  readonly scope: () => string;
  /** By default the browser's; where it has none, each tab has its own connection. */
  readonly tabs?: Tabs;
  readonly newId?: () => string;
};

/**
 * One connection for all tabs of a browser. One of them, the leader, holds a lock and the connection, and tells the
 * others what it hears; when it goes or falls silent, another takes its place and resumes where the others stand.
 */
export function createSharedClient(options: SharedClientOptions): RealtimeClient {
  const tabs = options.tabs ?? browserTabs();
  return tabs === undefined ? createRealtimeClient(options) : shareClient(options, tabs);
}

function shareClient(options: SharedClientOptions, tabs: Tabs): RealtimeClient {
  const { scheduler = systemScheduler, signals = browserSignals(), newId = () => crypto.randomUUID() } = options;
  const delivery = createDelivery();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const ownRooms = new Map<string, WantedRoom>();

  let state: ConnectionState = { status: "closed", reason: "idle" };
  /** This tab, as the leader. */
  let own: Leader | null = null;
  let channel: TabChannel | null = null;
  let name = "";
  /** Anew at each `connect`, as is the lock that says that this tab is there. */
  let tab = "";
  let endLife: Cancel = () => {};
  let alive = false;
  /** Of the leader that was heard last, and how many of its messages. */
  let term = 0;
  let count = 0;
  /** Where this tab stands; null: nothing was heard yet. */
  let position: { readonly applied: number; readonly resumePoint: number } | null = null;
  let leaderHeardAt = 0;
  let serverHeardAt: number | null = null;
  let stopWaking: Cancel = () => {};
  let giveBack: Cancel = () => {};
  let cancelTick: Cancel = () => {};

  const setState = (next: ConnectionState): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  const ask = (message: FollowerMessage): void => channel?.post(message);
  /** Once its lock is held: a leader that does not find it held takes the tab for gone. */
  const announceRooms = (): void => {
    if (alive) ask({ kind: "rooms", tab, rooms: [...ownRooms.values()] });
  };
  const lifeLock = (of: string): string => `${name}-tab-${of}`;
  const live = (): void => {
    tab = newId();
    const onHeld = (): void => {
      alive = true;
      announceRooms();
    };
    endLife = tabs.lock(lifeLock(tab), { steal: false }, { onHeld, onLost: () => {} });
  };

  const deliver = (event: RealtimeEvent): void => {
    if (event.kind === "room_refused") {
      const wish = ownRooms.get(event.room);
      if (wish === undefined || (event.final && !isRefused(wish, event))) return;
      if (event.final) ownRooms.delete(event.room);
    }
    delivery.tell(event);
  };

  const lead = (): void => {
    term = Math.max(term + 1, scheduler.now());
    own = createLeader({
      options: { ...options, scheduler, signals },
      term,
      resumeFrom: position?.resumePoint ?? null,
      post(message) {
        count = message.n;
        position = { applied: message.applied, resumePoint: message.resumePoint };
        channel?.post(message);
      },
      watch: (other, onHeld) => tabs.lock(lifeLock(other), { steal: false }, { onHeld, onLost: () => {} }),
      onEvent: deliver,
      onState(next) {
        if (next.status === "closed") shut(next.reason);
        // Who takes over goes on with what was live: for the page it is a link that was lost.
        else if (next.status === "connecting" && position !== null) showSilence();
        else setState(next);
      },
    });
    own.setRooms(tab, [...ownRooms.values()]);
    own.client.connect();
  };
  const stepDown = (): void => {
    own?.stepDown();
    own = null;
  };
  const waitForLock = (steal: boolean): void => {
    giveBack();
    giveBack = tabs.lock(name, { steal }, { onHeld: lead, onLost: follow });
  };
  const follow = (): void => {
    stepDown();
    leaderHeardAt = scheduler.now();
    showSilence();
    waitForLock(false);
  };
  const showSilence = (): void => {
    if (state.status !== "live") return;
    const since = scheduler.now();
    setState({ status: "reconnecting", attempt: 1, since, heardAt: serverHeardAt, retryAt: null });
  };

  const tick = (): void => {
    cancelTick = scheduler.after(BEAT_MS, tick);
    look();
  };
  const look = (): void => {
    if (own !== null) return own.beat();
    if (signals.isVisible()) ask({ kind: "looking" });
    if (scheduler.now() - leaderHeardAt < SILENCE_MS) return;
    showSilence();
    if (!signals.isVisible()) return;
    leaderHeardAt = scheduler.now();
    waitForLock(true);
  };

  const hearLeader = (message: LeaderMessage): void => {
    if (message.term < term || (own !== null && message.term === term)) return;
    if (own !== null) follow();
    const first = message.term > term;
    const expected = first ? 1 : count + 1;
    const hole = first && position !== null && message.from !== null && message.from > position.resumePoint;
    const missed = position !== null && (message.n !== expected || hole);
    term = message.term;
    count = message.n;
    leaderHeardAt = scheduler.now();
    serverHeardAt = message.heardAt;
    if (first) announceRooms();
    if (message.event !== undefined) deliver(message.event);
    if (message.from !== null) {
      const { applied, resumePoint } = message;
      if (missed) delivery.tell({ kind: "resync", reason: "gap", seq: applied });
      else if (position === null && message.event?.kind !== "resync")
        delivery.tell({ kind: "resync", reason: "connected", seq: applied });
      position = { applied, resumePoint };
    }
    if (message.state.status !== "closed") setState(message.state);
    else if (message.state.reason === "forbidden") shut("forbidden");
  };
  const hear = (message: TabMessage): void => {
    if ("term" in message) hearLeader(message);
    else own?.hear(message);
  };

  const wake = (): void => {
    if (own === null) ask({ kind: "retry" });
    look();
  };
  const shut = (reason: CloseReason): void => {
    if (state.status === "closed") return;
    if (own === null) ask({ kind: "rooms", tab, rooms: [] });
    stepDown();
    stopWaking();
    cancelTick();
    giveBack();
    giveBack = () => {};
    endLife();
    alive = false;
    channel?.close();
    channel = null;
    // The next login has leaders, positions and perhaps numbers of its own.
    term = 0;
    position = null;
    delivery.forget();
    setState({ status: "closed", reason });
  };
  const changeRooms = (): void => {
    if (own === null) announceRooms();
    else own.setRooms(tab, [...ownRooms.values()]);
  };

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    subscribe: delivery.subscribe,
    heardAt: () => own?.client.heardAt() ?? serverHeardAt,
    position: () => position ?? { applied: 0, resumePoint: 0 },
    connect() {
      if (state.status !== "closed") return;
      setState({ status: "connecting" });
      name = `espigon-realtime-${TAB_PROTOCOL}-${options.scope()}`;
      channel = tabs.open(name, (message) => hear(message as TabMessage));
      leaderHeardAt = scheduler.now();
      stopWaking = signals.onWake(wake);
      cancelTick = scheduler.after(BEAT_MS, tick);
      live();
      ask({ kind: "hello" });
      waitForLock(false);
    },
    retry: () => (own === null ? wake() : own.client.retry()),
    authenticate: (token) => own?.client.authenticate(token),
    joinRoom(room, token) {
      ownRooms.set(room, token === undefined ? [room] : [room, token]);
      changeRooms();
    },
    leaveRoom(room) {
      ownRooms.delete(room);
      changeRooms();
    },
    typing: (room) => (own === null ? ask({ kind: "typing", room }) : own.client.typing(room)),
    close: () => shut("stopped"),
  };
}
