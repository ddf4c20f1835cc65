import { ClientFrame, type ErrorCode } from "@espigon/event_contracts";
import type { RealtimeEvent } from "./RealtimeEvent.ts";
import type { Cancel, Scheduler } from "./Scheduler.ts";

/** Refusals of the moment: the room is asked for again. */
const PASSING: ReadonlySet<ErrorCode> = new Set(["RATE_LIMITED", "TOO_MANY_ROOMS"]);

/** How long after such a refusal, and up to twice as long. */
const ASK_AGAIN_MS = 5_000;

export type Join = Extract<ClientFrame, { type: "JOIN" }>;

export type RoomsDeps = {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly say: (frame: ClientFrame) => void;
  readonly emit: (event: RealtimeEvent) => void;
  /** The room is not wanted any more. */
  readonly onDropped: (room: string) => void;
};

/** The rooms that the application wants to be in, whatever becomes of the connection. */
export type Rooms = {
  readonly want: (room: string, token: string | undefined) => void;
  readonly drop: (room: string) => void;
  readonly joined: (room: string) => void;
  readonly refused: (join: Join, code: ErrorCode) => void;
  /** What to say after READY. */
  readonly joins: () => readonly Join[];
  readonly names: () => readonly string[];
  /** Ends the timer; a connection that is made later joins anyway. */
  readonly stop: () => void;
};

export function createRooms({ scheduler, random, say, emit, onDropped }: RoomsDeps): Rooms {
  const wanted = new Map<string, Join>();
  const waiting = new Set<string>();
  let cancel: Cancel | null = null;

  const askAgain = (): void => {
    cancel = null;
    for (const room of waiting) {
      const join = wanted.get(room);
      if (join !== undefined) say(join);
    }
  };
  const forget = (room: string): void => {
    wanted.delete(room);
    waiting.delete(room);
    onDropped(room);
  };
  const refused = (join: Join, code: ErrorCode): void => {
    const { room, token } = join;
    // Another token has been offered since, or the room was left.
    if (wanted.get(room) !== join) return;
    const final = !PASSING.has(code);
    if (final) forget(room);
    else cancel ??= scheduler.after(ASK_AGAIN_MS * (1 + random()), askAgain);
    if (waiting.has(room)) return;
    if (!final) waiting.add(room);
    emit({ kind: "room_refused", room, token, code, final });
  };
  return {
    want(room, token) {
      const join: Join = { type: "JOIN", room, ...(token === undefined ? {} : { token }) };
      wanted.set(room, join);
      waiting.delete(room);
      // A frame that the server cannot read costs the whole connection, when it comes again and again.
      if (ClientFrame.safeParse(join).success) say(join);
      else queueMicrotask(() => refused(join, "MALFORMED"));
    },
    drop(room) {
      forget(room);
      say({ type: "LEAVE", room });
    },
    joined: (room) => void waiting.delete(room),
    refused,
    joins: () => [...wanted.values()],
    names: () => [...wanted.keys()],
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
