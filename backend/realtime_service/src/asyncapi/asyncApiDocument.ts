import { audiencesOfPrincipal, Role, SUBPROTOCOL } from "@espigon/event_contracts";
import { ASYNC_API_CHANNELS, ASYNC_API_OPERATIONS } from "./asyncApiChannels.ts";
import { asyncApiMessages, namesOf, oneOfMessages } from "./asyncApiMessages.ts";

const HEADING = "# Made from the code by: bun backend/realtime_service/src/cli/writeAsyncApi.ts\n";
const DESCRIPTION =
  "Who hears what has changed. A message is a hint: what of yours went stale at which `seq`, never the new figures. " +
  "Read these over REST or GraphQL with `x-min-seq: <seq>`. Ignore types and fields that you do not know. The rules " +
  "behind the shapes, and the refusals before a connection opens, are in docs/protocol.md.";

const QUERY_TOKEN = { $ref: "#/components/securitySchemes/queryToken" };

/** The AsyncAPI document as `docs/asyncapi.yaml` holds it: made from the contracts, the same for the same code. */
export function asyncApiDocument(): string {
  const document = {
    asyncapi: "3.0.0",
    info: { title: "Espigón realtime", version: SUBPROTOCOL, description: DESCRIPTION },
    defaultContentType: "application/json",
    servers: {
      sockets: {
        host: "localhost:8085",
        protocol: "ws",
        security: [{ $ref: "#/components/securitySchemes/subprotocol" }, QUERY_TOKEN],
      },
      streams: {
        host: "localhost:8085",
        protocol: "http",
        security: [{ $ref: "#/components/securitySchemes/bearer" }, QUERY_TOKEN],
      },
      redis: { host: "localhost:6379", protocol: "redis" },
    },
    channels: ASYNC_API_CHANNELS,
    operations: ASYNC_API_OPERATIONS,
    components: {
      securitySchemes: {
        subprotocol: {
          type: "httpApiKey",
          in: "header",
          name: "Sec-WebSocket-Protocol",
          description: "The access token as the second offer, `bearer.<token>`.",
        },
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        queryToken: {
          type: "httpApiKey",
          in: "query",
          name: "token",
          description: "Only where `ALLOW_QUERY_TOKEN=true`.",
        },
      },
      schemas: { Notification: oneOfMessages(namesOf("notification")) },
      messages: asyncApiMessages(),
    },
    "x-audiences-of": Object.fromEntries(
      Role.options.map((role) => [
        role,
        audiencesOfPrincipal({ user_id: "{user_id}", seller_id: "{seller_id}", role, expires_at: 0 }),
      ]),
    ),
  };
  // An object that stands in two places would become an anchor and an alias.
  const unshared: unknown = JSON.parse(JSON.stringify(document));
  return `${HEADING}${Bun.YAML.stringify(unshared, null, 2)}\n`;
}
