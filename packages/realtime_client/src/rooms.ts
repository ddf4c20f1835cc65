import type { ClientFrame } from "@espigon/event_contracts";

/** The rooms that the application wants to be in, whatever becomes of the connection. */
export type Rooms = {
  readonly want: (room: string, token: string | undefined) => ClientFrame;
  readonly drop: (room: string) => ClientFrame;
  /** What to say after READY. */
  readonly joins: () => readonly ClientFrame[];
  readonly names: () => readonly string[];
};

export function createRooms(): Rooms {
  const wanted = new Map<string, ClientFrame>();
  return {
    want(room, token) {
      const join: ClientFrame = { type: "JOIN", room, ...(token === undefined ? {} : { token }) };
      wanted.set(room, join);
      return join;
    },
    drop(room) {
      wanted.delete(room);
      return { type: "LEAVE", room };
    },
    joins: () => [...wanted.values()],
    names: () => [...wanted.keys()],
  };
}
