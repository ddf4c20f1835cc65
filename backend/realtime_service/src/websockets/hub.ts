import {
  type Audience,
  audiencesOf,
  audiencesOfPrincipal,
  CATALOG_ROOM,
  type Notification,
  type ServerControlFrame,
} from "@espigon/event_contracts";
import type { Restart } from "@espigon/event_feed";
import type { RealtimeMetrics } from "../monitoring/metrics.ts";
import type { Client } from "./client.ts";
import { type ClientRegistry, createClientRegistry } from "./clientRegistry.ts";
import { createConflation } from "./conflation.ts";
import type { DirtyIndex } from "./dirtyIndex.ts";
import { createPacer } from "./pacer.ts";
import { sharedAudiencesOf, userOfAudience } from "./personalAudience.ts";
import { resumeAnswer, type VoidedSeqs } from "./resumeAnswer.ts";
import { messageTopic, type RoomTopics } from "./roomTopics.ts";
import { staleRecord } from "./staleRecord.ts";

/**
 * When a log has begun anew, it is told once more after this time, in milliseconds: a report node may notice later than
 * this one, and until then its kept answers look newer than all that comes.
 */
export const RESTART_TOLD_AGAIN_MS = 5_000;

export type HubDeps = {
  /** Sends to all that subscribe to the topic; a socket that does not keep up is cut off, a stream is skipped. */
  readonly publish: (topic: string, text: string) => void;
  readonly subscribers: (topic: string) => number;
  readonly index: DirtyIndex;
  readonly roomTopics: RoomTopics;
  readonly metrics: RealtimeMetrics;
  readonly heartbeatMs: number;
  readonly now: () => number;
};

export type Hub = {
  readonly clients: Pick<ClientRegistry, "size" | "ofUser"> & Iterable<Client>;
  /** Subscribes a connection to its audiences and greets it with READY. */
  add(client: Client): void;
  remove(client: Client): void;
  /** Sends a notification to exactly its audiences, at the pace that the load allows. */
  broadcastStatsEvent(notification: Notification): void;
  /** `payload` is JSON text. Never merged. */
  broadcastRoomMessage(room: string, payload: string): void;
  /** Remembers a notification of the past for RESUME, without sending it. */
  recall(notification: Notification, seq: number): void;
  /** The log is known up to `seq`. */
  advanceTo(seq: number): void;
  /** What happened up to `seq` is unknown; with `tell`, every client hears RESYNC. */
  forgetUpTo(seq: number, tell: boolean): void;
  /** The log has begun anew: every client hears so, at once and after `RESTART_TOLD_AGAIN_MS`. */
  restartAt(restart: Restart): void;
  /** The end of the log as this node knows it. */
  knownSeq(): number;
  answerResume(client: Client, since: number): void;
  sendHead(client: Client): void;
  /** The reader of a stream has caught up: tells what was skipped meanwhile, before anything later. */
  onDrain(client: Client): void;
  /** One frame to one client. */
  send(client: Client, frame: ServerControlFrame): void;
  stop(): void;
};

/** The registry of this node's connections, and who hears what. It knows sockets, and no Redis. */
export function createHub(deps: HubDeps): Hub {
  const { index, metrics, now, roomTopics } = deps;
  const clients = createClientRegistry();
  let known = 0;
  /** Seqs above `from` and up to `to` meant something else before the log began anew. */
  let voided: VoidedSeqs = { from: Infinity, to: 0 };
  let roomMessages = 0;
  let restartTimer: ReturnType<typeof setTimeout> | undefined;

  /** Returns to how many sockets. */
  const publish = (topic: string, type: string, text: string): number => {
    const sockets = deps.subscribers(topic);
    if (sockets === 0) return 0;
    deps.publish(topic, text);
    metrics.sent(type, sockets);
    return sockets;
  };

  const sendText = (client: Client, type: string, text: string): boolean => {
    if (client.state !== "open") return false;
    const status = client.socket.send(text);
    if (status <= 0) client.stuckSince ??= now();
    if (status !== 0) metrics.sent(type, 1);
    return status > 0;
  };
  /** To the user's sockets that belong to this audience. Returns to how many. */
  const sendToUser = (user: string, audience: string, type: string, text: string): number => {
    let sockets = 0;
    for (const client of clients.ofUser(user)) {
      const audiences: readonly string[] = audiencesOfPrincipal(client.principal);
      if (audiences.includes(audience) && sendText(client, type, text)) sockets += 1;
    }
    return sockets;
  };

  const tellRestart = () => {
    const text = JSON.stringify({ type: "RESYNC", reason: "unknown_seq", seq: known });
    metrics.resynced("unknown_seq", clients.size);
    for (const client of clients) {
      // Who does not hear it now would take later seqs for those that it knows: it has to come again.
      if (sendText(client, "RESYNC", text)) client.sentSeq = known;
      else client.socket.terminate();
    }
  };

  const recall = (notification: Notification, seq: number) => {
    const record = staleRecord(notification, seq);
    for (const audience of audiencesOf(notification)) index.note(audience, record);
  };

  const pacer = createPacer({
    now,
    conflation: createConflation(now),
    send(notification, audiences) {
      const { type, ...rest } = notification;
      const text = JSON.stringify({ type, ...rest });
      let sockets = 0;
      for (const topic of roomTopics.topicsFor(audiences)) {
        const user = userOfAudience(topic);
        sockets += user === undefined ? publish(topic, type, text) : sendToUser(user, topic, type, text);
      }
      if (notification.seq === undefined) return;
      recall(notification, notification.seq);
      const at = Date.parse(notification.at ?? "");
      if (sockets > 0 && !Number.isNaN(at)) metrics.delivered(now() - at);
    },
    shareSocket(one, other) {
      if (one === other) return true;
      if (other === `room:${CATALOG_ROOM}`) return one !== "admin";
      const user = userOfAudience(other);
      if (user === undefined) return false;
      for (const { principal } of clients.ofUser(user)) {
        const audiences: readonly string[] = audiencesOfPrincipal(principal);
        if (audiences.includes(one) && audiences.includes(other)) return true;
      }
      return false;
    },
  });

  const settled = () => Math.min(known, (pacer.oldestSeq() ?? Infinity) - 1);
  const audiencesOfClient = (client: Client): readonly Audience[] => [
    ...audiencesOfPrincipal(client.principal),
    ...[...client.rooms].map((room): Audience => `room:${room}`),
  ];
  const markSent = (client: Client) => {
    client.sentSeq = settled();
    client.sentRoomMessages = roomMessages;
  };

  const hub: Hub = {
    clients,
    add(client) {
      clients.add(client);
      for (const topic of sharedAudiencesOf(client.principal)) client.socket.subscribe(topic);
      metrics.connected(client.principal.role);
      markSent(client);
      hub.send(client, {
        type: "READY",
        seq: settled(),
        audiences: [...audiencesOfPrincipal(client.principal)],
        heartbeat_ms: client.socket.heartbeatMs ?? deps.heartbeatMs,
      });
    },
    remove: (client) => clients.remove(client),
    broadcastStatsEvent: (notification) => pacer.push(notification),
    broadcastRoomMessage(room, payload) {
      const topic = messageTopic(room);
      if (deps.subscribers(topic) === 0) return;
      roomMessages += 1;
      publish(topic, "ROOM_MESSAGE", `{"type":"ROOM_MESSAGE","room":${JSON.stringify(room)},"payload":${payload}}`);
    },
    recall,
    advanceTo(seq) {
      known = Math.max(known, seq);
    },
    forgetUpTo(seq, tell) {
      pacer.flush();
      index.forgetUpTo(seq);
      known = Math.max(known, seq);
      if (!tell) return;
      metrics.resynced("gap", clients.size);
      const text = JSON.stringify({ type: "RESYNC", reason: "gap", seq: known });
      for (const client of clients) sendText(client, "RESYNC", text);
    },
    restartAt({ at, former }) {
      pacer.flush();
      index.restartAt(at);
      known = at;
      voided = { from: Math.min(voided.from, at), to: Math.max(voided.to, former) };
      tellRestart();
      clearTimeout(restartTimer);
      restartTimer = setTimeout(() => {
        pacer.flush();
        tellRestart();
      }, RESTART_TOLD_AGAIN_MS);
    },
    knownSeq: () => known,
    answerResume(client, since) {
      const answer = resumeAnswer(index, {
        audiences: audiencesOfClient(client),
        since,
        known,
        settled: settled(),
        voided,
      });
      if (answer.type === "RESYNC") metrics.resynced(answer.reason, 1);
      sendText(client, answer.type, JSON.stringify(answer));
    },
    sendHead(client) {
      const audiences = Object.fromEntries(
        audiencesOfClient(client).map((audience) => [audience, index.lastSeq(audience)]),
      );
      const gone = sendText(client, "HEAD", JSON.stringify({ type: "HEAD", audiences }));
      if (gone && client.socket.getBufferedAmount() === 0) markSent(client);
    },
    onDrain(client) {
      client.stuckSince = undefined;
      if (client.state !== "open" || client.socket.getBufferedAmount() > 0) return;
      // What was skipped may be later than a hint that is still held: only with nothing held does the answer cover it.
      pacer.flush();
      const { sentSeq: since, sentRoomMessages: heard } = client;
      hub.sendHead(client);
      if (roomMessages > heard && [...client.rooms].some((room) => room !== CATALOG_ROOM)) {
        metrics.resynced("gap", 1);
        return hub.send(client, { type: "RESYNC", reason: "gap", seq: settled() });
      }
      if (since < settled()) hub.answerResume(client, since);
    },
    send(client, frame) {
      sendText(client, frame.type, JSON.stringify(frame));
    },
    stop() {
      clearTimeout(restartTimer);
      pacer.stop();
    },
  };
  return hub;
}
