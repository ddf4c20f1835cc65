import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";
import { answerParent } from "./child.ts";

const AT_ONCE = 50;
const tally = { received: 0 };
const sockets: WebSocket[] = [];

function connect(url: string, token: string): Promise<void> {
  const socket = new WebSocket(url, [SUBPROTOCOL, `${BEARER_PREFIX}${token}`]);
  sockets.push(socket);
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string" && data.startsWith('{"type":"CLIENT_REGISTERED"')) tally.received += 1;
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("close", ({ code }) => reject(new Error(`a socket closed with ${code}`)));
    socket.addEventListener("error", () => reject(new Error("a socket failed")));
  });
}

answerParent({
  async connect({ url, token, count }: { url: string; token: string; count: number }) {
    for (let made = 0; made < count; made += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - made) }, () => connect(url, token)));
    }
  },
  /** How many hints have come until they came to `wanted`, or 2 s have passed without any. */
  async received(wanted: number) {
    for (let quiet = 0; tally.received < wanted && quiet < 100;) {
      const seen = tally.received;
      await Bun.sleep(20);
      quiet = tally.received === seen ? quiet + 1 : 0;
    }
    const count = tally.received;
    tally.received = 0;
    return count;
  },
});
