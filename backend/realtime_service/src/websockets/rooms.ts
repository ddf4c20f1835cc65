import { CATALOG_ROOM } from "@espigon/event_contracts";
import { type Client, NO_ROOMS } from "./client.ts";
import { messageTopic, type RoomTopics } from "./roomTopics.ts";
import type { TimerWheel } from "./timerWheel.ts";

/** Changes of a room's members within this time are told at once, in milliseconds. */
const PRESENCE_EVERY_MS = 200;
/** The most users that PRESENCE names. */
const MAX_PRESENT = 100;
/** One client's TYPING passes on at most this often, in milliseconds. */
const TYPING_EVERY_MS = 1000;

export type RoomsDeps = {
  readonly roomTopics: RoomTopics;
  readonly publish: (topic: string, text: string) => void;
  readonly wheel: TimerWheel;
  readonly now: () => number;
};

export type Rooms = {
  /** Whether a client may join is the caller's to know. Joining twice does nothing. */
  join(client: Client, room: string): void;
  leave(client: Client, room: string): void;
  leaveAll(client: Client): void;
  /** Tells the other members of this node; more often than once a second it is dropped. */
  typing(client: Client, room: string): void;
};

/** Who is in which room, on this node. PRESENCE names the members of this node only. */
export function createRooms({ roomTopics, publish, wheel, now }: RoomsDeps): Rooms {
  const members = new Map<string, Set<Client>>();
  const changed = new Set<string>();
  const typedLately = new Set<Client>();

  const publishPresence = (room: string) => {
    changed.delete(room);
    const users = new Set([...(members.get(room) ?? [])].map(({ principal }) => principal.user_id));
    const present = [...users].sort().slice(0, MAX_PRESENT);
    publish(messageTopic(room), JSON.stringify({ type: "PRESENCE", room, users: present }));
  };
  const tellPresence = (room: string) => {
    if (room === CATALOG_ROOM || changed.has(room)) return;
    changed.add(room);
    wheel.at(now() + PRESENCE_EVERY_MS, publishPresence, room);
  };

  const forgetTyping = (client: Client) => void typedLately.delete(client);

  const rooms: Rooms = {
    join(client, room) {
      if (client.rooms.has(room)) return;
      client.rooms = new Set([...client.rooms, room]);
      members.set(room, (members.get(room) ?? new Set()).add(client));
      for (const topic of roomTopics.joined(room, client.principal)) client.socket.subscribe(topic);
      tellPresence(room);
    },
    leave(client, room) {
      if (!client.rooms.has(room)) return;
      const others = [...client.rooms].filter((other) => other !== room);
      client.rooms = others.length === 0 ? NO_ROOMS : new Set(others);
      for (const topic of roomTopics.left(room, client.principal)) {
        if (client.state !== "closed") client.socket.unsubscribe(topic);
      }
      const left = members.get(room);
      left?.delete(client);
      if (left?.size === 0) members.delete(room);
      else tellPresence(room);
    },
    leaveAll(client) {
      for (const room of client.rooms) rooms.leave(client, room);
    },
    typing(client, room) {
      if (typedLately.has(client)) return;
      typedLately.add(client);
      wheel.at(now() + TYPING_EVERY_MS, forgetTyping, client);
      const { user_id } = client.principal;
      client.socket.publish(messageTopic(room), JSON.stringify({ type: "TYPING", room, user_id }));
    },
  };
  return rooms;
}
