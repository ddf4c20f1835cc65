import { SUBPROTOCOL } from "@espigon/event_contracts";
import { z } from "zod";
import type { ServiceProcess } from "../cluster/ServiceProcess.ts";
import { callApi } from "../model/callApi.ts";
import { createWireRecord, recordingSocket, type WireRecord } from "../model/recordingSocket.ts";
import type { Shop } from "../model/World.ts";
import { until } from "../support/until.ts";
import { nodeAt } from "./nodeAt.ts";
import type { Run } from "./startRun.ts";

type Role = "CLIENT" | "ADMIN";

/** Somebody who has logged in, with a socket at one node and a token that outlives the session. */
export type OpenedSession = {
  /** Goes away, as one who closes the lid. */
  readonly away: () => void;
  readonly logout: () => Promise<void>;
  /** What an administrator does to the account. */
  readonly change: (changes: { readonly disabled?: boolean; readonly role?: Role }) => Promise<void>;
  /** Another order of the same client is written, if the account still may. */
  readonly order: (shop: Shop) => Promise<void>;
  /** Resolves once each node refuses the token as one of a session that has ended. */
  readonly refusedEverywhere: () => Promise<void>;
  /** Comes back with the same token and asks each node for what was missed: the frames that came, and what was answered. */
  readonly resume: () => Promise<{ readonly frames: readonly string[]; readonly answers: readonly string[] }>;
  /** Logs in anew and asks for what was missed since the socket of before: what came, judged as of that role. */
  readonly loginAndResume: (role: Role) => Promise<WireRecord>;
  /** The close code. */
  readonly closed: () => Promise<number>;
  /** The types of the frames that came. */
  readonly heard: () => readonly string[];
};

/** A socket that should not have been opened is listened to for so long. */
const LISTEN_MS = 2_000;
const PASSWORD = "a long pass phrase 42";
const Login = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });
const Frame = z.object({ type: z.string(), seq: z.number().optional() });
const Problem = z.object({ code: z.string() });

let people = 0;

export async function openedSession(
  { cluster, world }: Run,
  { node, role = "CLIENT" }: { readonly node?: ServiceProcess; readonly role?: Role } = {},
): Promise<OpenedSession> {
  people += 1;
  const email = `away${people}@faults.test`;
  const post = async (path: string, body: object) => {
    const response = await fetch(`${cluster.restUrl()}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const { access_token, user } = Login.parse(await response.json());
    const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
    return { token: access_token, user, cookie: cookie.join("; ") };
  };
  const change: OpenedSession["change"] = async (changes) => {
    const url = `${cluster.restUrl()}/api/users/${registered.user.id}`;
    const outcome = await callApi({ method: "PATCH", url, token: await world.admin.token(), body: changes });
    if (outcome.kind !== "done") throw new Error(JSON.stringify(outcome));
  };
  const registered = await post("register", { email, password: PASSWORD, name: "Away" });
  if (role === "ADMIN") await change({ role });
  const { token, user, cookie } = role === "ADMIN" ? await post("login", { email, password: PASSWORD }) : registered;

  const heard: string[] = [];
  let seq = 0;
  let code: number | undefined;
  const at = node ?? nodeAt(cluster.realtime, 0);
  const socketUrl = ({ port }: ServiceProcess) => `ws://127.0.0.1:${port}/ws`;
  const socket = new WebSocket(socketUrl(at), [SUBPROTOCOL, `bearer.${token}`]);
  socket.addEventListener("message", ({ data }) => {
    const frame = Frame.parse(JSON.parse(String(data)));
    heard.push(frame.type);
    seq = Math.max(seq, frame.seq ?? 0);
  });
  socket.addEventListener("close", (event) => (code = event.code));
  await until("the socket is ready", () => heard.includes("READY"));

  /** How a node answers who asks with this token for a socket, and for a stream from there on. */
  const answersOf = async ({ url }: ServiceProcess) => {
    const upgrade = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": `${SUBPROTOCOL}, bearer.${token}`,
    };
    const stream = { authorization: `Bearer ${token}`, "last-event-id": String(seq) };
    const ask = async (path: string, headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(5_000) });
      if (response.status === 401) return `${path} 401 ${Problem.parse(await response.json()).code}`;
      await response.body?.cancel();
      return `${path} ${response.status}`;
    };
    return Promise.all([ask("/ws", upgrade), ask("/sse", stream)]);
  };
  const allAnswers = async () => (await Promise.all(cluster.realtime.map(answersOf))).flat();
  /** What a node tells who resumes there by a socket. */
  const resumedFrames = (one: ServiceProcess) =>
    new Promise<readonly string[]>((resolve) => {
      const frames: string[] = [];
      const again = new WebSocket(socketUrl(one), [SUBPROTOCOL, `bearer.${token}`]);
      again.addEventListener("open", () => {
        again.send(JSON.stringify({ type: "RESUME", seq: 0 }));
        setTimeout(() => again.close(), LISTEN_MS);
      });
      again.addEventListener("message", ({ data }) => frames.push(String(data)));
      again.addEventListener("close", () => resolve(frames));
    });
  return {
    away: () => socket.close(),
    async logout() {
      const url = `${cluster.restUrl()}/api/auth/logout`;
      const { status } = await fetch(url, { method: "POST", headers: { cookie }, signal: AbortSignal.timeout(10_000) });
      if (status !== 204) throw new Error(`logout: ${status}`);
    },
    change,
    async order(shop) {
      const place = "select place_orders($1, $2, 'x', array[$3::bigint], array[1], null) as result";
      const key = `${user.id}-${performance.now()}`;
      const [row] = await cluster.query(place, [user.id, key, shop.plenty]);
      z.object({ kind: z.literal("placed") }).parse(row?.["result"]);
    },
    async refusedEverywhere() {
      const all = async () => (await allAnswers()).every((answer) => answer.endsWith("SESSION_REVOKED"));
      await until("every node refuses the token", all);
    },
    async resume() {
      const frames = await Promise.all(cluster.realtime.map(resumedFrames));
      return { frames: frames.flat(), answers: await allAnswers() };
    },
    async loginAndResume(as) {
      const { token: fresh } = await post("login", { email, password: PASSWORD });
      const record = createWireRecord();
      const Recording = recordingSocket({ user_id: user.id, role: as, expires_at: 0 }, record);
      const again = new Recording(socketUrl(at), [SUBPROTOCOL, `bearer.${fresh}`]);
      await until("the new socket is ready", () => record.frames > 0);
      again.send(JSON.stringify({ type: "RESUME", seq }));
      await until("the resume is answered", () => record.dirty + record.resyncs > 0);
      again.close();
      return record;
    },
    async closed() {
      await until("the socket is closed", () => code !== undefined);
      return code ?? 0;
    },
    heard: () => heard,
  };
}
