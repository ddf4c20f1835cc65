import { createRealtimeClient, type RealtimeClientOptions } from "../createRealtimeClient.ts";
import type { RealtimeClient } from "../RealtimeClient.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import type { Cancel } from "../Scheduler.ts";
import type { ConnectionState } from "../ConnectionState.ts";
import { createSharedRooms } from "./sharedRooms.ts";
import type { FollowerMessage, LeaderMessage, WantedRoom } from "./TabMessage.ts";

/** The leader speaks at least this often. */
export const BEAT_MS = 2_000;

export type LeaderDeps = {
  readonly options: RealtimeClientOptions & Required<Pick<RealtimeClientOptions, "scheduler" | "signals">>;
  readonly term: number;
  /** Where all that heard the leaders before stand; null: there was none. */
  readonly resumeFrom: number | null;
  readonly post: (message: LeaderMessage) => void;
  /** Calls back once when that tab is gone, with or without a word. */
  readonly watch: (tab: string, onGone: () => void) => Cancel;
  /** Before the others are told. */
  readonly onEvent: (event: RealtimeEvent) => void;
  readonly onState: (state: ConnectionState) => void;
};

/** The tab that holds the connection, towards the others. */
export type Leader = {
  readonly client: RealtimeClient;
  /** Tells the others where we stand. */
  readonly beat: () => void;
  readonly hear: (message: FollowerMessage) => void;
  /** The rooms of the leader's own tab, from now on. */
  readonly setRooms: (tab: string, rooms: readonly WantedRoom[]) => void;
  /** Ends the connection, without a word to the others. */
  readonly stepDown: () => void;
};

/** Idle until its client connects. */
export function createLeader({ options, term, resumeFrom, post, watch, onEvent, onState }: LeaderDeps): Leader {
  const { scheduler, signals } = options;
  let count = 0;
  let from = resumeFrom;
  let lookedAt = -Infinity;
  const client = createRealtimeClient({
    ...options,
    ...(resumeFrom === null ? {} : { resumeFrom }),
    signals: {
      isVisible: () => signals.isVisible() || scheduler.now() - lookedAt < 2 * BEAT_MS,
      onWake: signals.onWake,
    },
  });
  const rooms = createSharedRooms(client);
  /** Of the other tabs that want rooms. */
  const watches = new Map<string, Cancel>();

  const tell = (event?: RealtimeEvent): void => {
    count += 1;
    const heard = { state: client.state(), heardAt: client.heardAt(), ...client.position() };
    post({ term, n: count, from, ...heard, ...(event === undefined ? {} : { event }) });
  };
  const unwatch = (tab: string): void => {
    watches.get(tab)?.();
    watches.delete(tab);
  };
  const setRoomsOf = (tab: string, wanted: readonly WantedRoom[]): void => {
    rooms.setOf(tab, wanted);
    if (wanted.length === 0) unwatch(tab);
    else if (!watches.has(tab)) {
      const cancel = watch(tab, () => {
        unwatch(tab);
        rooms.setOf(tab, []);
      });
      watches.set(tab, cancel);
    }
  };
  const unsubscribes = [
    client.subscribe((event) => {
      if (event.kind === "resync" && event.reason === "connected") from = event.seq;
      rooms.hear(event);
      onEvent(event);
      tell(event);
    }),
    client.onState((state) => {
      // Whoever hears of the end ends this leader.
      if (state.status === "closed") tell();
      onState(state);
      if (state.status !== "closed") tell();
    }),
  ];

  return {
    client,
    beat: () => tell(),
    hear(message) {
      switch (message.kind) {
        case "hello":
          return tell();
        case "looking":
          lookedAt = scheduler.now();
          return;
        case "rooms": {
          const again = message.rooms.filter(([room]) => rooms.isJoined(room));
          setRoomsOf(message.tab, message.rooms);
          for (const [room] of again) tell({ kind: "joined", room });
          return;
        }
        case "typing":
          return client.typing(message.room);
        case "retry":
          return client.retry();
      }
    },
    setRooms: rooms.setOf,
    stepDown() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      for (const cancel of watches.values()) cancel();
      client.close();
    },
  };
}
