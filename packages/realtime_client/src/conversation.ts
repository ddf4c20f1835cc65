import type { ClientFrame, ErrorCode, Notification, ServerControlFrame } from "@espigon/event_contracts";
import type { Ledger } from "./ledger.ts";
import type { LinkFrame } from "./link.ts";
import type { RealtimeEvent } from "./RealtimeEvent.ts";
import type { Join } from "./rooms.ts";
import type { Scheduler } from "./Scheduler.ts";

/** A RESUME that was not answered for this long may be asked again. */
const ANSWER_WITHIN_MS = 10_000;

export type ConversationDeps = {
  readonly ledger: Ledger;
  readonly scheduler: Pick<Scheduler, "now">;
  readonly send: (frame: ClientFrame) => void;
  readonly emit: (event: RealtimeEvent) => void;
  /** What to say right after READY, before RESUME. */
  readonly joins: () => readonly Join[];
  readonly onJoined: (room: string) => void;
  readonly onRefused: (join: Join, code: ErrorCode) => void;
  /** RESUME was answered for the first time: whatever had been missed is known. */
  readonly onSettled: () => void;
  readonly onReconnect: (afterMs: number) => void;
};

/** What is said over one link: READY, RESUME and what follows, and when to ask again. */
export type Conversation = {
  readonly hear: (frame: LinkFrame) => void;
  readonly say: (frame: ClientFrame) => void;
  /** Sends RESUME: the server's answer is a sign of life too. */
  readonly resume: () => void;
  /** A younger link has taken over: from now on only hints are taken from this one. */
  readonly retire: () => void;
};

type Asked = { readonly at: number; readonly seq: number; readonly audiences: readonly string[] };

export function createConversation(deps: ConversationDeps): Conversation {
  const { ledger, emit } = deps;
  let asked: Asked | null = null;
  let askAgain = false;
  let retired = false;
  let settled = false;
  /** What was said and is not answered yet; the answers for a room come in the order of its JOINs. */
  const asking: Join[] = [];

  const resume = (): void => {
    const seq = ledger.resumePoint();
    asked = { at: deps.scheduler.now(), seq, audiences: ledger.audiences() };
    askAgain = false;
    deps.send({ type: "RESUME", seq });
  };
  const say = (frame: ClientFrame): void => {
    if (frame.type === "JOIN") asking.push(frame);
    deps.send(frame);
  };
  const answeredJoin = (room: string): Join | undefined => {
    const at = asking.findIndex((join) => join.room === room);
    return at < 0 ? undefined : asking.splice(at, 1)[0];
  };
  const answered = (): void => {
    asked = null;
    if (!settled) {
      settled = true;
      deps.onSettled();
    }
    if (askAgain) resume();
  };
  const tell = (notification: Notification, replayed: boolean): void => {
    if (ledger.hear(notification)) emit({ kind: "notification", notification, replayed });
  };

  const control = (frame: ServerControlFrame): void => {
    switch (frame.type) {
      case "READY": {
        if (ledger.begin(frame.audiences, frame.seq)) emit({ kind: "resync", reason: "connected", seq: frame.seq });
        // Of what was said before, nothing has been heard.
        asking.length = 0;
        for (const join of deps.joins()) say(join);
        resume();
        return;
      }
      case "HEAD":
        if (ledger.head(frame.audiences)) return;
        if (asked === null || deps.scheduler.now() - asked.at > ANSWER_WITHIN_MS) resume();
        return;
      case "DIRTY":
        for (const event of frame.events) tell(event, true);
        // A server may also tell by itself what it had to skip: that answers only what it covers.
        if (asked === null || frame.since > asked.seq) return;
        ledger.settle(asked.audiences, frame.seq);
        answered();
        return;
      case "RESYNC":
        if (frame.reason === "unknown_seq") ledger.restart(frame.seq);
        else ledger.settle(ledger.audiences(), frame.seq);
        emit({ kind: "resync", reason: frame.reason, seq: frame.seq });
        answered();
        return;
      case "JOINED":
        answeredJoin(frame.room);
        deps.onJoined(frame.room);
        if (ledger.join(`room:${frame.room}`)) {
          if (asked === null) resume();
          else askAgain = true;
        }
        emit({ kind: "joined", room: frame.room });
        return;
      case "RECONNECT":
        deps.onReconnect(frame.after_ms);
        return;
      case "ROOM_MESSAGE":
        emit({ kind: "room_message", room: frame.room, payload: frame.payload });
        return;
      case "PRESENCE":
        emit({ kind: "presence", room: frame.room, users: frame.users });
        return;
      case "TYPING":
        emit({ kind: "typing", room: frame.room, userId: frame.user_id });
        return;
      case "ERROR": {
        const join = frame.room === undefined ? undefined : answeredJoin(frame.room);
        if (join !== undefined) deps.onRefused(join, frame.code);
        return;
      }
      case "AUTHENTICATED":
        return;
    }
  };

  return {
    hear(frame) {
      if ("metadata" in frame) tell(frame, false);
      else if (!retired) control(frame);
    },
    say,
    resume,
    retire() {
      retired = true;
    },
  };
}
