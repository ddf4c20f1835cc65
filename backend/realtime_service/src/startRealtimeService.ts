import { STREAM_HEARTBEAT_MS } from "@espigon/event_contracts";
import type { Broker } from "@espigon/event_feed";
import {
  answerOperations,
  createClientAddress,
  createRevocations,
  createTokenVerifier,
  type Logger,
  problemResponse,
  type Service,
  verifyRoomToken,
} from "@espigon/service_kit";
import type { Server } from "bun";
import { type AdmissionDeps, createAdmission } from "./admission/admission.ts";
import { noSharedPlaces } from "./admission/SharedPlaces.ts";
import { createEndRevoked } from "./auth/endRevoked.ts";
import type { AdmitDeps } from "./auth/admitRequest.ts";
import { createTokenExpiry } from "./auth/tokenExpiry.ts";
import { drainWindowMs, type RealtimeConfig } from "./config.ts";
import { createMetrics } from "./monitoring/metrics.ts";
import { answerSse, type SseDeps } from "./sse/answerSse.ts";
import { createStreamTopics } from "./sse/streamTopics.ts";
import { answerUpgrade, type UpgradeDeps } from "./websockets/answerUpgrade.ts";
import { createConnections } from "./websockets/connections.ts";
import { createEndConnection } from "./websockets/connectionEnd.ts";
import { createDeafness } from "./websockets/deafness.ts";
import { createDirtyIndex } from "./websockets/dirtyIndex.ts";
import { drain } from "./websockets/drain.ts";
import { createFrameHandler } from "./websockets/frameHandler.ts";
import { createHeartbeat } from "./websockets/heartbeat.ts";
import { createHub } from "./websockets/hub.ts";
import { createRedisPubSub } from "./websockets/redisPubSub.ts";
import { createResume } from "./websockets/createResume.ts";
import { createRooms } from "./websockets/rooms.ts";
import { createRoomTopics } from "./websockets/roomTopics.ts";
import type { SocketData } from "./websockets/socketData.ts";
import { createSocketHandlers } from "./websockets/socketHandlers.ts";
import { createTimerWheel } from "./websockets/timerWheel.ts";

export type RealtimeDeps = {
  readonly broker: Broker;
  readonly logger: Logger;
  /** The count of sockets that all nodes share; by default this node is alone. */
  readonly openSharedPlaces?: AdmissionDeps["openShared"];
};

/**
 * Starts one node: sockets on `/ws`, and `/healthz`, `/readyz`, `/metrics`. The broker stays the caller's to close.
 * Resolves when it listens; it is ready once it has read the log's window. Rejects when the port is taken.
 */
export async function startRealtimeService(config: RealtimeConfig, deps: RealtimeDeps): Promise<Service> {
  const { broker, logger } = deps;
  const now = Date.now;
  const metrics = createMetrics();
  const wheel = createTimerWheel(now);
  const roomTopics = createRoomTopics();
  const streamTopics = createStreamTopics();
  const publish = (topic: string, text: string) => {
    server.publish(topic, text, false);
    streamTopics.publish(topic, text);
  };
  const hub = createHub({
    publish,
    subscribers: (topic) => server.subscriberCount(topic) + streamTopics.subscribers(topic),
    index: createDirtyIndex(),
    roomTopics,
    metrics,
    heartbeatMs: config.HEARTBEAT_MS,
    now,
  });
  const end = createEndConnection(wheel, now);
  const rooms = createRooms({ roomTopics, publish, wheel, now });
  const revocations = createRevocations({ now });
  const verifyToken = revocations.guard(createTokenVerifier({ secret: config.JWT_SECRET, compat: config.JWT_COMPAT }));
  const endRevoked = createEndRevoked({ revocations, end, wheel, now });
  const watchExpiry = createTokenExpiry({
    wheel,
    end,
    graceMs: config.TOKEN_GRACE_MS,
    horizonMs: config.HEARTBEAT_MS,
    now,
  });
  const beating = { hub, wheel, watchExpiry, metrics, slowReaderMs: config.SLOW_READER_MS, now };
  const streamHeartbeatMs = Math.min(STREAM_HEARTBEAT_MS, config.HEARTBEAT_MS);
  const heartbeat = createHeartbeat({ ...beating, heartbeatMs: config.HEARTBEAT_MS });
  const streamHeartbeat = createHeartbeat({ ...beating, heartbeatMs: streamHeartbeatMs });
  const feed = createRedisPubSub({
    broker,
    hub,
    revocations,
    onRevoked: ({ user_id }) => [...hub.clients.ofUser(user_id)].forEach(endRevoked),
    onMissed: () => [...hub.clients].forEach(endRevoked),
    logger,
    onStatus: createDeafness({ hub, end, wheel, graceMs: config.BROKER_GRACE_MS, now }),
  });
  metrics.watchFeed(feed);

  const clientAddress = createClientAddress(config.TRUSTED_PROXIES);
  const admission = createAdmission({
    limits: {
      total: config.MAX_SOCKETS,
      perUser: config.MAX_SOCKETS_PER_USER,
      perAddress: config.MAX_SOCKETS_PER_ADDRESS,
      perSecond: config.CONNECTS_PER_SECOND,
    },
    openShared: deps.openSharedPlaces ?? (() => noSharedPlaces),
    now,
  });
  const inbound = { perSecond: config.FRAMES_PER_SECOND, burst: config.FRAME_BURST };

  const connections = createConnections({
    hub,
    rooms,
    admission,
    onOpen(client) {
      // Its token may have been revoked while it was opening.
      endRevoked(client);
      (client.socket.heartbeatMs === undefined ? heartbeat : streamHeartbeat).join(client);
      watchExpiry(client);
    },
    metrics,
    logger,
  });
  const resume = createResume({ hub, look: () => feed.check() });

  let stopping: Promise<void> | undefined;
  /** Told to stop, and the time that balancers have to notice is over. */
  let leaving = false;
  const waitingFor = (closed: boolean): readonly string[] => {
    if (closed) return ["draining"];
    return feed.status === "live" || feed.status === "repairing" ? [] : ["broker"];
  };
  const admit: AdmitDeps & { readonly allowQueryToken: boolean } = {
    allowedOrigins: config.ALLOWED_ORIGINS,
    allowQueryToken: config.ALLOW_QUERY_TOKEN,
    verifyToken,
    admission,
    now,
    closedFor() {
      const missing = waitingFor(leaving);
      return missing.length === 0 ? undefined : `This node is not ready: ${missing.join(", ")}`;
    },
    onRefused(code, details) {
      metrics.refused(code);
      logger.info({ code, ...details }, "connection refused");
    },
  };

  const answer = async (request: Request, bun: Server<SocketData>): Promise<Response | undefined> => {
    const url = URL.parse(request.url);
    if (url === null) return problemResponse(problem(400, "INVALID_INPUT", "The address is not valid"));
    const address = bun.requestIP(request)?.address;
    if (url.pathname === "/ws") {
      const upgrade: UpgradeDeps["upgrade"] = (data, headers) => bun.upgrade(request, { data, headers });
      return answerUpgrade({ ...admit, upgrade }, request, url, clientAddress(request, address));
    }
    if (url.pathname === "/sse") {
      const setIdleTimeout: SseDeps["setIdleTimeout"] = (of, seconds) => bun.timeout(of, seconds);
      const stream = { topics: streamTopics, heartbeatMs: streamHeartbeatMs, setIdleTimeout };
      const deps = { ...admit, ...stream, connections, hub, rooms, resume };
      return answerSse(deps, request, url, clientAddress(request, address));
    }
    const operations = {
      metrics: metrics.registry,
      unready: async () => waitingFor(stopping !== undefined),
      ...tokenOf(config),
    };
    return (
      (await answerOperations(operations, request, address)) ??
      problemResponse(problem(404, "NOT_FOUND", "There is nothing at this address"))
    );
  };

  const server = Bun.serve<SocketData>({
    hostname: config.HOST,
    port: config.PORT,
    development: false,
    // Without this, `development: false` shares a taken port with whoever holds it.
    reusePort: false,
    maxRequestBodySize: 1024,
    fetch: answer,
    websocket: createSocketHandlers({
      connections,
      end,
      onFrame: createFrameHandler({
        hub,
        rooms,
        end,
        verifyToken,
        verifyRoomToken: (token, wanted) => verifyRoomToken(config.JWT_SECRET, token, wanted),
        watchExpiry,
        resume,
        metrics,
        logger,
        maxRooms: config.MAX_ROOMS_PER_SOCKET,
        inbound,
        now,
      }),
      inbound,
      admission,
      logger,
      now,
    }),
    error(error) {
      logger.error({ err: error }, "a request failed");
      return problemResponse(problem(500, "INTERNAL", "Something went wrong"));
    },
  });
  heartbeat.start();
  streamHeartbeat.start();
  feed.start();

  const stop = async () => {
    if (config.DRAIN_DELAY_MS > 0) await Bun.sleep(config.DRAIN_DELAY_MS);
    leaving = true;
    await drain({ hub, end, windowMs: drainWindowMs(config) });
    feed.stop();
    hub.stop();
    heartbeat.stop();
    streamHeartbeat.stop();
    wheel.stop();
    admission.close();
    await server.stop(true);
  };
  return {
    url: `http://127.0.0.1:${server.port}`,
    stop: () => (stopping ??= stop()),
  };
}

function problem(status: number, code: string, title: string) {
  return { type: "about:blank", title, status, code };
}

function tokenOf(config: RealtimeConfig): { metricsToken?: string } {
  return config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN };
}
