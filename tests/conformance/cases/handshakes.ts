import type { UpgradeRequest } from "../rawSocket.ts";

/** One way to ask for a WebSocket, right or wrong, and the status of the answer. */
export type HandshakeCase = {
  /** With the section of RFC 6455 in front. Says so where Bun is more lenient than the RFC. */
  readonly name: string;
  readonly request: UpgradeRequest;
  /** 0: the server hangs up. */
  readonly status: number;
};

const headers = (changes: NonNullable<UpgradeRequest["headers"]>) => ({ headers: changes });

const DEFLATE_OFFERS = [
  "permessage-deflate",
  "permessage-deflate; client_max_window_bits",
  "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
  "permessage-deflate; server_max_window_bits=9",
  "x-webkit-deflate-frame",
  "permessage-deflate, x-unknown; a=1",
];

export const handshakes: readonly HandshakeCase[] = [
  { name: "4.1 a right request is answered", request: {}, status: 101 },
  {
    name: "4.1 names of headers are of any case",
    request: headers({ Upgrade: null, UPGRADE: "websocket" }),
    status: 101,
  },
  { name: "4.1 the value of Upgrade is of any case", request: headers({ Upgrade: "WebSocket" }), status: 101 },
  {
    name: "4.1 Connection may name more than Upgrade",
    request: headers({ Connection: "keep-alive, Upgrade" }),
    status: 101,
  },
  { name: "4.1 a request that comes byte by byte is answered", request: { slowly: true }, status: 101 },
  { name: "4.2.1 without Upgrade it is no upgrade", request: headers({ Upgrade: null }), status: 426 },
  { name: "4.2.1 another Upgrade is none", request: headers({ Upgrade: "h2c" }), status: 426 },
  {
    name: "4.2.1 without Connection: Upgrade it is answered all the same (lenient: Bun does not look)",
    request: headers({ Connection: null }),
    status: 101,
  },
  { name: "4.2.1 without a key it is refused", request: headers({ "Sec-WebSocket-Key": null }), status: 400 },
  { name: "4.2.1 an empty key is refused", request: headers({ "Sec-WebSocket-Key": "" }), status: 400 },
  {
    name: "4.2.1 a key that is too short is refused",
    request: headers({ "Sec-WebSocket-Key": "c2hvcnQ=" }),
    status: 400,
  },
  ...["POST", "PUT", "DELETE", "OPTIONS"].map((method) => ({
    name: `4.1 the method ${method} is refused`,
    request: { requestLine: `${method} /ws HTTP/1.1` },
    status: 405,
  })),
  { name: "4.1 another path is not found", request: { requestLine: "GET /ws/other HTTP/1.1" }, status: 404 },
  {
    name: "4.2.2 a subprotocol that is not ours alone is refused",
    request: headers({ "Sec-WebSocket-Protocol": "graphql-ws" }),
    status: 400,
  },
  {
    name: "4.2.2 without a subprotocol there is no token",
    request: headers({ "Sec-WebSocket-Protocol": null }),
    status: 401,
  },
  ...["https://evil.example", "null", "http://localhost:5173.evil.example", "http://LOCALHOST:5173"].map((origin) => ({
    name: `10.2 the origin ${origin} is refused`,
    request: headers({ Origin: origin }),
    status: 403,
  })),
  { name: "10.2 the origin of the page is let in", request: headers({ Origin: "http://localhost:5173" }), status: 101 },
  ...DEFLATE_OFFERS.map((offer) => ({
    name: `9.1 an extension that is offered is not negotiated: ${offer}`,
    request: headers({ "Sec-WebSocket-Extensions": offer }),
    status: 101,
  })),
];
