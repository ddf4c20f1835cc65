import type { RealtimeClient } from "../RealtimeClient.ts";
import type { WantedRoom } from "./TabMessage.ts";

/** The rooms that the tabs of a browser want to be in, and the leader's connection is. */
export type SharedRooms = {
  /** All rooms of one tab, from now on. */
  readonly setOf: (tab: string, rooms: readonly WantedRoom[]) => void;
  /** Joins and leaves what has changed; a connection that is given for the first time joins all. */
  readonly joinWith: (client: RealtimeClient) => void;
  readonly isJoined: (room: string) => boolean;
};

export function createSharedRooms(): SharedRooms {
  const byTab = new Map<string, readonly WantedRoom[]>();
  let joined = new Set<string>();
  let joinedWith: RealtimeClient | undefined;
  return {
    setOf(tab, rooms) {
      if (rooms.length === 0) byTab.delete(tab);
      else byTab.set(tab, rooms);
    },
    joinWith(client) {
      const before = client === joinedWith ? joined : new Set<string>();
      const wanted = [...byTab.values()].flat();
      joined = new Set(wanted.map(([room]) => room));
      joinedWith = client;
      for (const room of before) if (!joined.has(room)) client.leaveRoom(room);
      for (const [room, token] of wanted) if (!before.has(room)) client.joinRoom(room, token);
    },
    isJoined: (room) => joined.has(room),
  };
}
