import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { BEARER_PREFIX, SUBPROTOCOL } from "@espigon/event_contracts";
import { redisServerPath } from "../support/testRedis.ts";
import { type Nodes, startNodes } from "./startNodes.ts";

const JWT_SECRET = "the secret of this test, which nobody may read";
const PASSWORD = "canary of a password";
const WRONG_PASSWORD = "canary of a wrong password";

describe.skipIf(redisServerPath === undefined)("the logs of all services, at their most talkative", () => {
  let nodes: Nodes;
  beforeAll(async () => {
    nodes = await startNodes({ JWT_SECRET, LOG_LEVEL: "trace", ALLOW_QUERY_TOKEN: "true" });
  }, 60_000);
  afterAll(() => nodes.stop(), 30_000);

  const post = (url: string, body: object, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  test("tell who connected and who was refused, and hold no token, cookie, password or secret", async () => {
    const { rest, realtime, report } = nodes;
    const person = { email: "canary@espigon.test", name: "Canario" };
    const registered = await post(`${rest.url}/api/auth/register`, { ...person, password: PASSWORD });
    const { access_token: token } = (await registered.json()) as { access_token: string };
    const cookie = registered.headers.get("set-cookie")?.split(";")[0] ?? "";
    const secrets = [JWT_SECRET, PASSWORD, WRONG_PASSWORD, token, cookie.slice(cookie.indexOf("=") + 1)];
    expect(secrets.every((secret) => secret.length > 10)).toBe(true);
    await post(`${rest.url}/api/auth/login`, { email: person.email, password: WRONG_PASSWORD });
    await post(`${rest.url}/api/auth/refresh`, {}, { cookie });
    await fetch(`${rest.url}/api/orders`, { headers: { authorization: `Bearer ${token}` } });
    await fetch(`${rest.url}/api/orders?token=${token}`, { headers: { authorization: `Bearer ${token}x` } });
    await post(`${report.url}/graphql`, { query: "{ adminSales { asOf } }" }, { authorization: `Bearer ${token}` });
    await post(`${report.url}/graphql`, { query: `{ ${token} }` }, { authorization: `Bearer ${token}` });
    const address = realtime.url.replace("http", "ws");
    const settled = (socket: WebSocket) =>
      new Promise<WebSocket>((resolve) => {
        for (const event of ["open", "close"]) socket.addEventListener(event, () => resolve(socket));
      });
    const sockets = await Promise.all([
      settled(new WebSocket(`${address}/ws`, [SUBPROTOCOL, BEARER_PREFIX + token])),
      settled(new WebSocket(`${address}/ws?token=${token}`)),
      settled(new WebSocket(`${address}/ws?token=${token}x`)),
    ]);
    for (const socket of sockets) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "AUTH", token }));
    }
    await fetch(`${realtime.url}/sse?token=${token}x`);
    for (const socket of sockets) socket.close();
    for (const node of [rest, realtime, report]) await node.end("SIGTERM");
    const text = [rest, realtime, report].map((node) => node.output()).join("\n");
    expect(text).toContain("client connected");
    expect(text).toContain("connection refused");
    for (const secret of secrets) expect(text).not.toContain(secret);
  }, 60_000);
});
