import { createConnection, type Socket } from "node:net";
import { createFrameReader, type ServerFrame } from "./frameReader.ts";
import { Opcode } from "./frame.ts";

/** The key of RFC 6455, section 1.3. */
export const SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** What is looked at in a text of the server. */
type TextFrame = { type: string; code?: string; room?: string; metadata?: { order_id?: number } };

const DEADLINE_MS = 8000;

export type UpgradeRequest = {
  readonly requestLine?: string;
  /** Over those of a right request; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** One byte a write. */
  readonly slowly?: boolean;
};

export type RawSocket = {
  /** The answer to the upgrade; 0 when the server hung up instead. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** What the server has said since READY without HEAD, such as `ERROR MALFORMED`, `PONG hello`, `CLOSE 1002`. */
  readonly heard: readonly string[];
  /** One write each, with a turn of the event loop between them. What the server no longer takes is dropped. */
  write(...pieces: readonly Uint8Array[]): Promise<void>;
  /**
   * Writes the same bytes again and again, as fast as they are taken, until the server ends it or `bytes` have gone.
   * Resolves to how many were taken.
   */
  flood(piece: Uint8Array, bytes: number): Promise<void>;
  /** Whether the server has ended the connection. */
  readonly ended: boolean;
  pause(): void;
  resume(): void;
  destroy(): void;
};

/** Asks `url` for a WebSocket over bare TCP and resolves with the answer; on 101, once READY is there. */
export async function openRawSocket(url: string, token: string, request: UpgradeRequest = {}): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ port: Number(port), host: hostname, noDelay: true });
  const answer = listen(socket);
  const headers: Record<string, string | null> = {
    Host: `${hostname}:${port}`,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": SAMPLE_KEY,
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": `espigon.v1, bearer.${token}`,
    ...request.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`]));
  const head = Buffer.from(`${request.requestLine ?? "GET /ws HTTP/1.1"}\r\n${lines.join("")}\r\n`, "latin1");
  const write = (...pieces: readonly Uint8Array[]) => writeAll(socket, pieces);
  await write(...(request.slowly === true ? bytesOf(head) : [head]));
  await until(
    () => answer.ended || (answer.status === 101 ? answer.isReady : answer.status !== 0),
    "an answer to the upgrade",
  );
  return Object.assign(answer, {
    write,
    flood: (piece: Uint8Array, bytes: number) => flood(socket, piece, bytes),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  });
}

/** Each byte by itself. */
export function bytesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return [...bytes].map((byte) => Uint8Array.of(byte));
}

/** Waits for a condition, with a deadline. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function writeAll(socket: Socket, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    if (socket.writable) socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function flood(socket: Socket, piece: Uint8Array, bytes: number): Promise<void> {
  let taken = 0;
  while (taken < bytes && socket.writable) {
    if (!socket.write(piece)) await until(() => socket.writableLength === 0 || !socket.writable, "room for more");
    taken += piece.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Collects what a server says: the head of its answer, then frames. A frame that breaks the RFC ends the listening. */
function listen(socket: Socket) {
  const read = createFrameReader();
  const answer = {
    status: 0,
    headers: new Map<string, string>(),
    heard: [] as string[],
    isReady: false,
    ended: false,
  };
  let head: Buffer | undefined = Buffer.alloc(0);
  const take = (bytes: Uint8Array) => {
    for (const each of read(bytes)) {
      const told = describe(each);
      if (told === "READY") answer.isReady = true;
      else if (told !== "HEAD") answer.heard.push(told);
    }
  };
  socket.on("data", (chunk) => {
    const bytes = Buffer.from(chunk);
    try {
      if (head === undefined) return take(bytes);
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const [status = "", ...lines] = head.toString("latin1", 0, end).split("\r\n");
      answer.status = Number(status.split(" ")[1]);
      answer.headers = new Map(lines.map((line) => splitHeader(line)));
      const rest = head.subarray(end + 4);
      head = undefined;
      if (answer.status === 101) return take(rest);
      socket.destroy();
    } catch (error) {
      answer.heard.push(`BREACH ${String(error)}`);
      socket.destroy();
    }
  });
  for (const event of ["end", "close", "error"]) {
    socket.on(event, () => {
      answer.ended = true;
    });
  }
  return answer;
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function describe({ opcode, payload }: ServerFrame): string {
  switch (opcode) {
    case Opcode.TEXT: {
      const { type, code, room, metadata } = JSON.parse(payload.toString()) as TextFrame;
      const detail = code ?? room ?? metadata?.order_id;
      return detail === undefined ? type : `${type} ${detail}`;
    }
    case Opcode.PONG:
      return `PONG ${payload.toString()}`.trimEnd();
    case Opcode.CLOSE:
      return `CLOSE ${payload.length >= 2 ? payload.readUInt16BE(0) : ""}`.trimEnd();
    default:
      return `OPCODE ${opcode}`;
  }
}
