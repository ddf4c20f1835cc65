import type { RealtimeClient } from "../RealtimeClient.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import type { WantedRoom } from "./TabMessage.ts";

/** The rooms that the tabs of a browser want to be in, and the leader's connection is. */
export type SharedRooms = {
  /** All rooms of one tab, from now on; joins and leaves what that changes. */
  readonly setOf: (tab: string, rooms: readonly WantedRoom[]) => void;
  /** What the connection has heard: a token that was refused gives way to another tab's. */
  readonly hear: (event: RealtimeEvent) => void;
  readonly isJoined: (room: string) => boolean;
};

export function createSharedRooms(client: Pick<RealtimeClient, "joinRoom" | "leaveRoom">): SharedRooms {
  const byTab = new Map<string, readonly WantedRoom[]>();
  const asked = new Set<string>();
  const joined = new Set<string>();
  const forget = (room: string): void => {
    asked.delete(room);
    joined.delete(room);
  };
  const update = (): void => {
    const wanted = [...byTab.values()].flat();
    for (const room of asked) {
      if (wanted.some(([name]) => name === room)) continue;
      forget(room);
      client.leaveRoom(room);
    }
    for (const [room, token] of wanted) {
      if (asked.has(room)) continue;
      asked.add(room);
      client.joinRoom(room, token);
    }
  };
  return {
    setOf(tab, rooms) {
      if (rooms.length === 0) byTab.delete(tab);
      else byTab.set(tab, rooms);
      update();
    },
    hear(event) {
      if (event.kind === "joined") joined.add(event.room);
      if (event.kind !== "room_refused" || !event.final) return;
      for (const [tab, rooms] of byTab)
        byTab.set(
          tab,
          rooms.filter((wish) => !isRefused(wish, event)),
        );
      forget(event.room);
      update();
    },
    isJoined: (room) => joined.has(room),
  };
}

/** Whether it is this wish that the server has refused: another tab may have another token for the same room. */
export function isRefused(
  [room, token]: WantedRoom,
  refused: { readonly room: string; readonly token?: string | undefined },
): boolean {
  return room === refused.room && token === refused.token;
}
