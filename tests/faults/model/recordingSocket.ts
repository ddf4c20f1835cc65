import { audiencesOf, audiencesOfPrincipal, CATALOG_ROOM, type Principal, ServerFrame } from "@espigon/event_contracts";
import type { WebSocketConstructor } from "@espigon/realtime_client";

/** What came over the wire, before any client code saw it. */
export type WireRecord = {
  frames: number;
  notifications: number;
  dirty: number;
  resyncs: number;
  resumes: number;
  sockets: number;
  /** Frames outside of the audiences of the principal, as text. */
  readonly leaks: string[];
  /** Frames that are no frames: text that a fault has damaged would show here. */
  readonly damaged: string[];
};

export function createWireRecord(): WireRecord {
  return { frames: 0, notifications: 0, dirty: 0, resyncs: 0, resumes: 0, sockets: 0, leaks: [], damaged: [] };
}

const MOST_KEPT = 20;

/** A WebSocket that writes down what it hears, and judges whether this principal may hear it. */
export function recordingSocket(principal: Principal, record: WireRecord): WebSocketConstructor {
  const allowed: ReadonlySet<string> = new Set([...audiencesOfPrincipal(principal), `room:${CATALOG_ROOM}`]);
  const judge = (text: string): void => {
    record.frames += 1;
    const frame = parse(text);
    if (frame === undefined) {
      if (record.damaged.length < MOST_KEPT) record.damaged.push(text);
      return;
    }
    if (frame.type === "DIRTY") record.dirty += 1;
    if (frame.type === "RESYNC") record.resyncs += 1;
    if ("metadata" in frame) record.notifications += 1;
    if (!namedBy(frame).every((names) => names.some((name) => allowed.has(name))) && record.leaks.length < MOST_KEPT) {
      record.leaks.push(text);
    }
  };
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      record.sockets += 1;
      this.addEventListener("message", ({ data }: MessageEvent<unknown>) => judge(String(data)));
    }
    override send(data: string): void {
      if (data.includes('"RESUME"')) record.resumes += 1;
      super.send(data);
    }
  };
}

function parse(text: string): ServerFrame | undefined {
  try {
    return ServerFrame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** For each thing that a frame tells: the audiences that may hear it. */
function namedBy(frame: ServerFrame): readonly (readonly string[])[] {
  if ("metadata" in frame) return [audiencesOf(frame)];
  switch (frame.type) {
    case "READY":
      return frame.audiences.map((audience) => [audience]);
    case "HEAD":
      return Object.keys(frame.audiences).map((audience) => [audience]);
    case "DIRTY":
      return frame.events.map((event) => audiencesOf(event));
    case "JOINED":
    case "ROOM_MESSAGE":
    case "PRESENCE":
    case "TYPING":
      return [[`room:${frame.room}`]];
    case "RESYNC":
    case "RECONNECT":
    case "AUTHENTICATED":
    case "ERROR":
      return [];
  }
}
