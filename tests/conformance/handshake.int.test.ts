import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { handshakes } from "./cases/handshakes.ts";
import { type ConformanceNode, startConformanceNode } from "./conformanceNode.ts";
import { ping } from "./frame.ts";
import { SAMPLE_KEY, until } from "./rawSocket.ts";

let node: ConformanceNode;
beforeAll(async () => {
  node = await startConformanceNode();
});
afterAll(() => node.stop());

/** What RFC 6455, section 4.2.2, makes of a key. */
function acceptOf(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

describe("RFC 6455, handshake:", () => {
  test.each(handshakes.map((each) => [each.name, each] as const))("%s", async (_name, { request, status }) => {
    const socket = await node.open(request);
    try {
      expect(socket.status).toBe(status);
      if (status !== 101) {
        if (status !== 0) expect(socket.headers.get("content-type")).toBe("application/problem+json");
        return;
      }
      expect(socket.headers.get("upgrade")?.toLowerCase()).toBe("websocket");
      expect(socket.headers.get("connection")?.toLowerCase()).toBe("upgrade");
      expect(socket.headers.get("sec-websocket-accept")).toBe(acceptOf(SAMPLE_KEY));
      expect(socket.headers.get("sec-websocket-protocol")).toBe("espigon.v1");
      expect(socket.headers.has("sec-websocket-extensions")).toBe(false);
      await socket.write(ping("still here"));
      await until(() => socket.ended || socket.heard.includes("PONG still here"), "the end of the case");
      expect([...socket.heard]).toEqual(["PONG still here"]);
    } finally {
      socket.destroy();
    }
    await node.othersGoOn();
  });
});
