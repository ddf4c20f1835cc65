import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";
import { answerParent } from "./child.ts";
import { epochNow } from "./epochNow.ts";
import { percentiles } from "./percentiles.ts";

const AT_ONCE = 50;
type Received = { readonly seq: number; readonly at: number };
const frames = new Map<string, Received[]>();
const sockets: WebSocket[] = [];

function connect(url: string, token: string): Promise<void> {
  const socket = new WebSocket(url, [SUBPROTOCOL, `${BEARER_PREFIX}${token}`]);
  sockets.push(socket);
  socket.addEventListener("message", ({ data }) => {
    const at = epochNow();
    const { type, seq } = JSON.parse(String(data)) as { type: string; seq?: number };
    if (seq === undefined || type === "READY") return;
    const ofType = frames.get(type) ?? [];
    frames.set(type, ofType);
    ofType.push({ seq, at });
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("close", ({ code }) => reject(new Error(`a socket closed with ${code}`)));
  });
}

answerParent({
  async connect({ url, tokens }: { url: string; tokens: string[] }) {
    for (let made = 0; made < tokens.length; made += AT_ONCE) {
      await Promise.all(tokens.slice(made, made + AT_ONCE).map((token) => connect(url, token)));
    }
  },
  /** Per type of frame: how many came, and the percentiles of the time since `since[seq]`. */
  latencies(since: Record<string, number>) {
    return Object.fromEntries(
      [...frames].map(([type, received]) => {
        const sample = received.flatMap(({ seq, at }) => (since[seq] === undefined ? [] : [at - since[seq]]));
        return [type, { count: sample.length, ...percentiles(sample) }];
      }),
    );
  },
});
