import { SUBPROTOCOL } from "@espigon/event_contracts";
import { z } from "zod";
import type { ServiceProcess } from "../cluster/ServiceProcess.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import type { Shop } from "../model/World.ts";
import { until } from "../support/until.ts";
import { nodeAt } from "./nodeAt.ts";

/** A client who has logged in, with a socket at one node and a token that outlives the session. */
export type OpenedSession = {
  /** Goes away, as one who closes the lid. */
  readonly away: () => void;
  readonly logout: () => Promise<void>;
  /** Another order of the same client is written, whatever became of the session. */
  readonly order: (shop: Shop) => Promise<void>;
  /** Resolves once each node refuses the token as one of a session that has ended. */
  readonly refusedEverywhere: () => Promise<void>;
  /** The close code. */
  readonly closed: () => Promise<number>;
  /** The types of the frames that came. */
  readonly heard: () => readonly string[];
};

const Login = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });
const Frame = z.object({ type: z.string() });

let people = 0;

export async function openedSession(cluster: Cluster, node?: ServiceProcess): Promise<OpenedSession> {
  people += 1;
  const registered = await fetch(`${cluster.restUrl()}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `away${people}@faults.test`, password: "a long pass phrase 42", name: "Away" }),
    signal: AbortSignal.timeout(10_000),
  });
  const { access_token: token, user } = Login.parse(await registered.json());
  const cookie = registered.headers.getSetCookie().map((line) => line.split(";")[0]);

  const heard: string[] = [];
  let code: number | undefined;
  const at = node ?? nodeAt(cluster.realtime, 0);
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/ws`, [SUBPROTOCOL, `bearer.${token}`]);
  socket.addEventListener("message", ({ data }) => heard.push(Frame.parse(JSON.parse(String(data))).type));
  socket.addEventListener("close", (event) => (code = event.code));
  await until("the socket is ready", () => heard.includes("READY"));

  const refusal = async ({ url }: ServiceProcess) => {
    const headers = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": `${SUBPROTOCOL}, bearer.${token}`,
    };
    const response = await fetch(`${url}/ws`, { headers, signal: AbortSignal.timeout(5_000) });
    return response.status === 401 && (await response.text()).includes("SESSION_REVOKED");
  };
  return {
    away: () => socket.close(),
    async logout() {
      const headers = { cookie: cookie.join("; ") };
      const url = `${cluster.restUrl()}/api/auth/logout`;
      const { status } = await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(10_000) });
      if (status !== 204) throw new Error(`logout: ${status}`);
    },
    async order(shop) {
      const place = "select place_orders($1, $2, 'x', array[$3::bigint], array[1], null) as result";
      const key = `${user.id}-${performance.now()}`;
      const [row] = await cluster.query(place, [user.id, key, shop.plenty]);
      z.object({ kind: z.literal("placed") }).parse(row?.["result"]);
    },
    async refusedEverywhere() {
      const all = async () => (await Promise.all(cluster.realtime.map(refusal))).every(Boolean);
      await until("every node refuses the token", all);
    },
    async closed() {
      await until("the socket is closed", () => code !== undefined);
      return code ?? 0;
    },
    heard: () => heard,
  };
}
