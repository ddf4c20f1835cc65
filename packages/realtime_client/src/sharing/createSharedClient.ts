import type { CloseReason, ConnectionState } from "../ConnectionState.ts";
import { createRealtimeClient, type RealtimeClientOptions } from "../createRealtimeClient.ts";
import { browserSignals } from "../PageSignals.ts";
import type { RealtimeClient } from "../RealtimeClient.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import { type Cancel, systemScheduler } from "../Scheduler.ts";
import { browserTabs } from "./browserTabs.ts";
import { createDelivery } from "./delivery.ts";
import { createSharedRooms } from "./sharedRooms.ts";
import {
  type FollowerMessage,
  type LeaderMessage,
  TAB_PROTOCOL,
  type TabMessage,
  type WantedRoom,
} from "./TabMessage.ts";
import type { TabChannel, Tabs } from "./Tabs.ts";

/** The leader speaks at least this often; a visible tab that heard nothing for `SILENCE_MS` takes over. */
const BEAT_MS = 2_000;
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
  const tab = newId();
  const delivery = createDelivery();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const ownRooms = new Map<string, WantedRoom>();
  const rooms = createSharedRooms();

  let state: ConnectionState = { status: "closed", reason: "idle" };
  /** The connection, in the leader. */
  let own: RealtimeClient | null = null;
  let channel: TabChannel | null = null;
  let name = "";
  /** Of the leader that was heard last, and how many of its messages. */
  let term = 0;
  let count = 0;
  let from: number | null = null;
  /** Where this tab stands; null: nothing was heard yet. */
  let position: { readonly applied: number; readonly resumePoint: number } | null = null;
  let leaderHeardAt = 0;
  let serverHeardAt: number | null = null;
  let lookedAt = -Infinity;
  let unsubscribes: Cancel[] = [];
  let stopWaking: Cancel = () => {};
  let giveBack: Cancel = () => {};
  let cancelTick: Cancel = () => {};

  const setState = (next: ConnectionState): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  const ask = (message: FollowerMessage): void => channel?.post(message);
  const announceRooms = (): void => ask({ kind: "rooms", tab, rooms: [...ownRooms.values()] });

  const tellTabs = (client: RealtimeClient, event?: RealtimeEvent): void => {
    count += 1;
    position = client.position();
    const heard = { state: client.state(), heardAt: client.heardAt(), ...position };
    const message: LeaderMessage = { term, n: count, from, ...heard, ...(event === undefined ? {} : { event }) };
    channel?.post(message);
  };

  const lead = (): void => {
    term = Math.max(term + 1, scheduler.now());
    count = 0;
    from = position?.resumePoint ?? null;
    const client = createRealtimeClient({
      ...options,
      scheduler,
      ...(position === null ? {} : { resumeFrom: position.resumePoint }),
      signals: {
        isVisible: () => signals.isVisible() || scheduler.now() - lookedAt < 2 * BEAT_MS,
        onWake: signals.onWake,
      },
    });
    own = client;
    unsubscribes = [
      client.subscribe((event) => {
        if (event.kind === "resync" && event.reason === "connected") from = event.seq;
        delivery.tell(event);
        tellTabs(client, event);
      }),
      client.onState((next) => {
        if (next.status === "closed") {
          tellTabs(client);
          return shut(next.reason);
        }
        // Who takes over goes on with what was live: for the page it is a link that was lost.
        if (next.status === "connecting" && position !== null) showSilence();
        else setState(next);
        tellTabs(client);
      }),
    ];
    joinRooms(client);
    client.connect();
  };
  const joinRooms = (client: RealtimeClient): void => {
    rooms.setOf(tab, [...ownRooms.values()]);
    rooms.joinWith(client);
  };
  const stepDown = (): void => {
    for (const unsubscribe of unsubscribes.splice(0)) unsubscribe();
    own?.close();
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
    if (own !== null) return tellTabs(own);
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
    if (message.event !== undefined) delivery.tell(message.event);
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
  const hearFollower = (client: RealtimeClient, message: FollowerMessage): void => {
    switch (message.kind) {
      case "hello":
        return tellTabs(client);
      case "looking":
        lookedAt = scheduler.now();
        return;
      case "rooms": {
        const again = message.rooms.filter(([room]) => rooms.isJoined(room));
        rooms.setOf(message.tab, message.rooms);
        rooms.joinWith(client);
        for (const [room] of again) tellTabs(client, { kind: "joined", room });
        return;
      }
      case "typing":
        return client.typing(message.room);
      case "retry":
        return client.retry();
    }
  };
  const hear = (message: TabMessage): void => {
    if ("term" in message) hearLeader(message);
    else if (own !== null) hearFollower(own, message);
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
    else joinRooms(own);
  };

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    subscribe: delivery.subscribe,
    heardAt: () => own?.heardAt() ?? serverHeardAt,
    position: () => position ?? { applied: 0, resumePoint: 0 },
    connect() {
      if (state.status !== "closed") return;
      setState({ status: "connecting" });
      name = `espigon-realtime-${TAB_PROTOCOL}-${options.scope()}`;
      channel = tabs.open(name, (message) => hear(message as TabMessage));
      leaderHeardAt = scheduler.now();
      stopWaking = signals.onWake(wake);
      cancelTick = scheduler.after(BEAT_MS, tick);
      ask({ kind: "hello" });
      announceRooms();
      waitForLock(false);
    },
    retry: () => (own === null ? wake() : own.retry()),
    authenticate: (token) => own?.authenticate(token),
    joinRoom(room, token) {
      ownRooms.set(room, token === undefined ? [room] : [room, token]);
      changeRooms();
    },
    leaveRoom(room) {
      ownRooms.delete(room);
      changeRooms();
    },
    typing: (room) => (own === null ? ask({ kind: "typing", room }) : own.typing(room)),
    close: () => shut("stopped"),
  };
}
