import { afterEach, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import {
  ADMIN,
  CLIENT_7,
  roomTokenFor,
  SECRET,
  SELLER_1,
  startNode,
  type TestNode,
  tokenFor,
} from "../testing/harness.ts";
import { rawUpgrade } from "../testing/rawUpgrade.ts";
import { until } from "../testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

const offer = (token: string) => ({ "Sec-WebSocket-Protocol": `espigon.v1, bearer.${token}` });
const codeOf = (body: string) => (JSON.parse(body) as { code: string }).code;

/** A token as another program of the same secret makes it: HS256, and only these claims. */
function signedBySecret(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}

describe("the token of an upgrade", () => {
  test("travels as a subprotocol; only espigon.v1 is answered, never the token", async () => {
    node = await startNode();
    const token = await tokenFor(SELLER_1);
    const { status, headers, socket } = await rawUpgrade(node.url, "/ws", offer(token));
    expect(status).toBe(101);
    expect(headers.get("sec-websocket-protocol")).toBe("espigon.v1");
    expect([...headers.values()].join()).not.toContain(token);
    expect(headers.has("sec-websocket-extensions")).toBe(false);
    socket.destroy();
    const reversed = await rawUpgrade(node.url, "/ws", { "Sec-WebSocket-Protocol": `bearer.${token}, espigon.v1` });
    expect(reversed.headers.get("sec-websocket-protocol")).toBe("espigon.v1");
    reversed.socket.destroy();
  });

  test("travels in the query where that is allowed, and without an offer none is answered", async () => {
    node = await startNode({ ALLOW_QUERY_TOKEN: "true" });
    const token = await tokenFor(SELLER_1);
    const bare = await rawUpgrade(node.url, `/ws?token=${token}`);
    expect(bare.status).toBe(101);
    expect(bare.headers.has("sec-websocket-protocol")).toBe(false);
    const offered = await rawUpgrade(node.url, `/ws?token=${token}`, { "Sec-WebSocket-Protocol": "espigon.v1" });
    expect(offered.headers.get("sec-websocket-protocol")).toBe("espigon.v1");
    bare.socket.destroy();
    offered.socket.destroy();
  });

  test("in the query is ignored by default", async () => {
    node = await startNode();
    const answer = await rawUpgrade(node.url, `/ws?token=${await tokenFor(SELLER_1)}`);
    expect([answer.status, codeOf(answer.body)]).toEqual([401, "UNAUTHENTICATED"]);
  });

  test("must not be offered alone: Bun would answer with it", async () => {
    node = await startNode({ ALLOW_QUERY_TOKEN: "true" });
    const token = await tokenFor(SELLER_1);
    for (const protocols of [`bearer.${token}`, "graphql-ws", ""]) {
      const answer = await rawUpgrade(node.url, `/ws?token=${token}`, { "Sec-WebSocket-Protocol": protocols || " " });
      expect(answer.status).toBe(400);
      expect(answer.body).not.toContain(token);
    }
  });

  test("is refused when it is missing, expired, forged, of another kind or of another issuer", async () => {
    node = await startNode();
    const now = Math.floor(Date.now() / 1000);
    const foreign = signedBySecret({ role: "ADMIN", user_id: "1", exp: now + 60 });
    const none = `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"1","role":"ADMIN","iss":"espigon","aud":"espigon","exp":${now + 60}}`)}.`;
    const refused: [string, string][] = [
      ["", "UNAUTHENTICATED"],
      ["nonsense", "UNAUTHENTICATED"],
      [none.replaceAll("=", ""), "UNAUTHENTICATED"],
      [`${(await tokenFor(ADMIN)).slice(0, -4)}AAAA`, "UNAUTHENTICATED"],
      [await roomTokenFor("order-9", CLIENT_7), "UNAUTHENTICATED"],
      [foreign, "UNAUTHENTICATED"],
      ["a".repeat(5000), "UNAUTHENTICATED"],
      [await tokenFor(ADMIN, -60), "TOKEN_EXPIRED"],
    ];
    for (const [token, code] of refused) {
      const answer = await rawUpgrade(node.url, "/ws", offer(token));
      expect([answer.status, codeOf(answer.body)]).toEqual([401, code]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
  });

  test("that does not say when it was issued, and would live for a month, is told so", async () => {
    node = await startNode({ JWT_COMPAT: "true" });
    const exp = Math.floor(Date.now() / 1000) + 30 * 24 * 3600;
    const answer = await rawUpgrade(node.url, "/ws", offer(signedBySecret({ role: "CLIENT", user_id: 5, exp })));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain("does not say when it was issued");
  });

  test("of another issuer is accepted with JWT_COMPAT", async () => {
    node = await startNode({ JWT_COMPAT: "true" });
    const exp = Math.floor(Date.now() / 1000) + 60;
    const token = signedBySecret({ role: "SELLER", user_id: 5, seller_id: 1, exp });
    const { status, socket } = await rawUpgrade(node.url, "/ws", offer(token));
    expect(status).toBe(101);
    socket.destroy();
  });
});

describe("the origin of an upgrade", () => {
  test.each([
    ["http://localhost:5173", 101],
    ["http://localhost:5173.evil.example", 403],
    ["http://sub.localhost:5173", 403],
    ["https://localhost:5173", 403],
    ["null", 403],
  ])("%s is answered %i", async (origin, status) => {
    node = await startNode();
    const answer = await rawUpgrade(node.url, "/ws", { ...offer(await tokenFor(CLIENT_7)), Origin: origin });
    expect(answer.status).toBe(status);
    answer.socket.destroy();
  });
});

describe("limits of connections", () => {
  test.each([
    [{ MAX_SOCKETS: "2" }, "total"],
    [{ MAX_SOCKETS_PER_USER: "2" }, "user"],
    [{ MAX_SOCKETS_PER_ADDRESS: "2" }, "address"],
  ])(
    "%j is answered 429 with Retry-After before the upgrade, and a closed socket gives its place back",
    async (limits, which) => {
      node = await startNode(limits);
      const first = await node.connect(CLIENT_7);
      await node.connect(CLIENT_7);
      const headers = offer(await tokenFor(CLIENT_7));
      const answer = await rawUpgrade(node.url, "/ws", headers);
      expect(answer.status).toBe(429);
      expect(answer.body).toContain(which);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      first.close();
      await first.closure();
      let status = 429;
      await until(async () => {
        const again = await rawUpgrade(node.url, "/ws", headers);
        status = again.status;
        again.socket.destroy();
        return status !== 429;
      }, "room for another socket");
      expect(status).toBe(101);
    },
  );

  test.each([
    [{}, [101, 429]],
    [{ TRUSTED_PROXIES: "127.0.0.0/8" }, [101, 101]],
  ])("are those of who holds the socket, or whom a trusted proxy names: %j", async (trust, expected) => {
    node = await startNode({ MAX_SOCKETS_PER_ADDRESS: "1", ...trust });
    const headers = offer(await tokenFor(CLIENT_7));
    const statuses: number[] = [];
    for (const address of ["203.0.113.1", "203.0.113.2"]) {
      const answer = await rawUpgrade(node.url, "/ws", { ...headers, "X-Forwarded-For": address });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual(expected);
  });

  test("a handshake that is not valid gives its place back, to the whole network that it came from", async () => {
    node = await startNode({ MAX_SOCKETS_PER_ADDRESS: "1", TRUSTED_PROXIES: "127.0.0.0/8" });
    const headers = offer(await tokenFor(CLIENT_7));
    const broken = { ...headers, "X-Forwarded-For": "2001:db8::1", "Sec-WebSocket-Key": "" };
    const { status, body } = await rawUpgrade(node.url, "/ws", broken);
    expect([status, codeOf(body)]).toEqual([400, "INVALID_INPUT"]);
    const whole = { ...headers, "X-Forwarded-For": "2001:db8::2" };
    expect((await rawUpgrade(node.url, "/ws", whole)).status).toBe(101);
  });

  test("the rate of new connections is limited", async () => {
    node = await startNode({ CONNECTS_PER_SECOND: "1" });
    const headers = offer(await tokenFor(CLIENT_7));
    const statuses = new Set<number>();
    // More than ten at once, and then one a second.
    for (let index = 0; index < 100 && !statuses.has(429); index += 1) {
      const { status, socket } = await rawUpgrade(node.url, "/ws", headers);
      statuses.add(status);
      socket.destroy();
    }
    expect(statuses).toEqual(new Set([101, 429]));
  });
});

describe("a request that is no upgrade", () => {
  test("is answered by a problem document", async () => {
    node = await startNode({ MAX_SOCKETS_PER_USER: "1" });
    const cases: [string, RequestInit, number][] = [
      ["/ws", {}, 426],
      ["/ws", { method: "POST", body: "{}" }, 405],
      ["/", {}, 404],
      ["/ws/", {}, 404],
    ];
    for (const [path, init, status] of cases) {
      const answer = await fetch(node.url + path, init);
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        status,
        "application/problem+json",
      ]);
      await answer.text();
    }
    const broken = await rawUpgrade(node.url, "/ws", { ...offer(await tokenFor(CLIENT_7)), "Sec-WebSocket-Key": "" });
    expect(broken.status).toBe(400);
    // It has taken nobody's place.
    (await node.connect(CLIENT_7)).close();
    const hostless = await rawUpgrade(node.url, "/ws", { Host: "" }, "GET /ws HTTP/1.0");
    expect(hostless.status).toBeGreaterThanOrEqual(400);
    expect(hostless.status).toBeLessThan(500);
  });
});
