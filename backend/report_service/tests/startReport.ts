import type { Principal } from "@espigon/event_contracts";
import { memoryBroker } from "@espigon/event_feed";
import { createLogger, signAccessToken } from "@espigon/service_kit";
import { ReportConfig, type ReportServiceDeps, startReportService } from "../src/index.ts";
import { startFakeRestService } from "./fakeRestService.ts";

export const SECRET = "a-secret-for-tests-of-more-than-32-bytes";
export const ORIGIN = "http://shop.example";

const inTenMinutes = () => Math.floor(Date.now() / 1000) + 600;

export type Viewer = "admin" | "seller 1" | "seller 2" | "client" | Principal;

/** Signs the access token of one of the usual viewers, or of any principal. */
export function tokenOf(viewer: Viewer): Promise<string> {
  if (typeof viewer === "object") return signAccessToken(SECRET, viewer);
  const expires_at = inTenMinutes();
  const principals: Record<Exclude<Viewer, Principal>, Principal> = {
    admin: { user_id: "1", role: "ADMIN", expires_at },
    "seller 1": { user_id: "2", role: "SELLER", seller_id: "1", expires_at },
    "seller 2": { user_id: "3", role: "SELLER", seller_id: "2", expires_at },
    client: { user_id: "7", role: "CLIENT", expires_at },
  };
  return signAccessToken(SECRET, principals[viewer]);
}

export type GraphqlAnswer = {
  readonly status: number;
  readonly headers: Headers;
  // The shape is the query's; tests look into it freely.
  readonly data: Record<string, Record<string, unknown>> | null | undefined;
  readonly errors: readonly { message: string; extensions: Record<string, unknown> }[] | undefined;
  readonly code: unknown;
  readonly text: string;
};

/** Longer than any read or floor takes, however loaded the machine: only what never comes is refused after it. */
const PATIENCE_MS = 30_000;

export type ReportOptions = Partial<Pick<ReportServiceDeps, "clock" | "floorWaitMs">>;

/**
 * The whole service over real HTTP, with a fake rest_service and the memory broker. It waits for its reads and for floors
 * as long as it takes, unless told otherwise: `floorWaitMs: undefined` for the wait of the product.
 */
export async function startReport(env: Record<string, string> = {}, options: ReportOptions = {}) {
  const rest = startFakeRestService();
  const broker = memoryBroker();
  const config = ReportConfig.parse({
    PORT: "0",
    HOST: "127.0.0.1",
    REST_SERVICE_URL: rest.url,
    REST_TIMEOUT_MS: String(PATIENCE_MS),
    JWT_SECRET: SECRET,
    CORS_ORIGINS: ORIGIN,
    LOG_LEVEL: "silent",
    ...env,
  });
  const service = await startReportService(config, {
    broker,
    logger: createLogger("report_service", "silent"),
    floorWaitMs: PATIENCE_MS,
    ...options,
  });

  async function post(body: BodyInit, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
    const response = await fetch(`${service.url}/graphql`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
    });
    const text = await response.text();
    const parsed = response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : {};
    return {
      status: response.status,
      headers: response.headers,
      data: parsed.data,
      errors: parsed.errors,
      code: parsed.errors?.[0]?.extensions?.code,
      text,
    };
  }

  return {
    rest,
    broker,
    url: service.url,
    post,
    async query(
      query: string,
      options: { as?: Viewer; variables?: unknown; floor?: number | string; headers?: Record<string, string> } = {},
    ): Promise<GraphqlAnswer> {
      const headers: Record<string, string> = { ...options.headers };
      if (options.as !== undefined) headers["authorization"] = `Bearer ${await tokenOf(options.as)}`;
      if (options.floor !== undefined) headers["x-min-seq"] = String(options.floor);
      return post(JSON.stringify({ query, variables: options.variables }), headers);
    },
    /** Lets the log come to `seq` with statistics news for a seller, as the sequencer and the publisher do. */
    async announce(seq: number, seller_id: string): Promise<void> {
      rest.head = Math.max(rest.head, seq);
      await broker.append([
        {
          seq,
          notifications: [
            { type: "SELLER_STATS_UPDATED", seller_id, metadata: {}, seq },
            { type: "ADMIN_STATS_UPDATED", metadata: {}, seq },
          ],
        },
      ]);
    },
    stop: () => service.stop(),
    async close(): Promise<void> {
      await service.stop();
      await broker.close();
      await rest.stop();
    },
  };
}

export type Report = Awaited<ReturnType<typeof startReport>>;
