import { createConnection, type Socket } from "node:net";
import { until } from "./testClient.ts";

export type RawUpgrade = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** For a refusal: its problem document. */
  readonly body: string;
  readonly socket: Socket;
};

/** Asks for `path` over a bare TCP connection, with exactly these headers, and reads the answer. */
export async function rawUpgrade(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  requestLine = `GET ${path} HTTP/1.1`,
): Promise<RawUpgrade> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  const lines = {
    Host: `${hostname}:${port}`,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  let received = "";
  socket.setEncoding("latin1");
  socket.on("error", () => {});
  const collect = (chunk: Buffer | string) => {
    received += String(chunk);
  };
  socket.on("data", collect);
  const fields = Object.entries(lines).filter(([, value]) => value !== "");
  socket.write(`${requestLine}\r\n${fields.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`);
  await until(() => isWhole(received) || socket.destroyed, "an HTTP answer");
  socket.off("data", collect);
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [status = "", ...headLines] = head.split("\r\n");
  return {
    status: Number(status.split(" ")[1]),
    headers: new Map(
      headLines.map((line) => [line.split(": ")[0]?.toLowerCase() ?? "", line.slice(line.indexOf(": ") + 2)]),
    ),
    body: rest.join("\r\n\r\n"),
    socket,
  };
}

function isWhole(received: string): boolean {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(received)?.[1];
  return length === undefined || received.length >= end + 4 + Number(length);
}
