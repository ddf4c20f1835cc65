import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";

/** Bun's WebSocket takes headers; the DOM's type does not know them. */
const BunWebSocket = WebSocket as unknown as new (url: string, options: Bun.WebSocketOptions) => WebSocket;

/** A frame as it arrived. Tests look into it freely. */
type AnyFrame = { readonly type: string } & Record<string, unknown>;

export type ClientOptions = { readonly headers?: Record<string, string> };

export type TestClient = {
  readonly socket: WebSocket;
  /** All frames so far, in order. */
  readonly frames: AnyFrame[];
  closed: { code: number; reason: string } | undefined;
  send(frame: object): void;
  /** Resolves to the first frame of this type that was not taken before; fails after 10 s. */
  next(type: string): Promise<AnyFrame>;
  /** Asks something that is answered last, so that all frames sent before it have arrived. */
  settle(): Promise<void>;
  ofType(type: string): AnyFrame[];
  closure(): Promise<{ code: number; reason: string }>;
  close(): void;
};

/** Opens a socket as the SDK does and waits for READY. */
export async function openClient(url: string, token: string, options: ClientOptions = {}): Promise<TestClient> {
  const init: Bun.WebSocketOptions = {
    protocols: [SUBPROTOCOL, BEARER_PREFIX + token],
    headers: options.headers ?? {},
  };
  const client = attachClient(new BunWebSocket(url, init));
  await client.next("READY");
  return client;
}

function attachClient(socket: WebSocket): TestClient {
  const taken = new Set<AnyFrame>();
  let probes = 0;
  const client: TestClient = {
    socket,
    frames: [],
    closed: undefined,
    send: (frame) => socket.send(JSON.stringify(frame)),
    async next(type) {
      let found: AnyFrame | undefined;
      await until(() => {
        found = client.frames.find((frame) => frame.type === type && !taken.has(frame));
        return found !== undefined || client.closed !== undefined;
      }, `a frame ${type}`);
      if (found === undefined) throw new Error(`closed with ${client.closed?.code} before a frame ${type}`);
      taken.add(found);
      return found;
    },
    async settle() {
      probes += 1;
      const wanted = probes;
      client.send({ type: "PROBE" });
      const isAnswer = (frame: AnyFrame) => frame.type === "ERROR" && frame["code"] === "UNKNOWN_TYPE";
      await until(() => client.frames.filter(isAnswer).length >= wanted, "the answer to a probe");
    },
    ofType: (type) => client.frames.filter((frame) => frame.type === type),
    async closure() {
      await until(() => client.closed !== undefined, "the close");
      return client.closed ?? { code: 0, reason: "" };
    },
    close: () => socket.close(),
  };
  socket.addEventListener("message", ({ data }) => void client.frames.push(JSON.parse(String(data)) as AnyFrame));
  socket.addEventListener("close", ({ code, reason }) => {
    client.closed = { code, reason };
  });
  return client;
}

/**
 * Waits for a condition, at most 10 s: long for a loaded machine, and less than the 15 s after which a heartbeat would
 * mend what was lost.
 */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come within 10 s`);
    await Bun.sleep(2);
  }
}
