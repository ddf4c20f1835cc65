import type { Logger } from "@espigon/service_kit";
import type { z } from "zod";
import { failureOfResponse } from "./failureOfResponse.ts";
import { RestFailure } from "./RestFailure.ts";

export type RestReaderDeps = {
  /** Base URL of rest_service, without a trailing slash. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Reads under way at once; the next one is refused at once rather than queued. */
  readonly maxInFlight: number;
  /** Of one user, so that nobody takes all. */
  readonly maxPerUser: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly observe: (outcome: "ok" | RestFailure["kind"], seconds: number) => void;
  readonly logger: Pick<Logger, "warn">;
  readonly now: () => number;
};

/** Who asks: reads carry the viewer's own token, so that rest_service authorizes again. */
export type RestViewer = { readonly token: string; readonly userId: string; readonly requestId: string };

export type RestReader = {
  /** Reads and checks one document. @throws RestFailure, within the timeout. */
  read<Schema extends z.ZodType>(schema: Schema, path: string, viewer: RestViewer): Promise<z.output<Schema>>;
  /** Whether rest_service can serve; never rejects. */
  isReady(): Promise<boolean>;
};

export function createRestReader(deps: RestReaderDeps): RestReader {
  let inFlight = 0;
  const inFlightOf = new Map<string, number>();

  function count(userId: string, change: 1 | -1): void {
    inFlight += change;
    const own = (inFlightOf.get(userId) ?? 0) + change;
    if (own === 0) inFlightOf.delete(userId);
    else inFlightOf.set(userId, own);
  }

  async function fetchAndParse<Schema extends z.ZodType>(schema: Schema, path: string, viewer: RestViewer) {
    const response = await deps.fetch(`${deps.baseUrl}${path}`, {
      headers: {
        accept: "application/json",
        authorization: `Bearer ${viewer.token}`,
        "x-request-id": viewer.requestId,
      },
      redirect: "error",
      signal: AbortSignal.timeout(deps.timeoutMs),
    });
    if (!response.ok) throw await failureOfResponse(path, response);
    const parsed = schema.safeParse(await response.json());
    if (parsed.success) return parsed.data;
    throw new RestFailure("unavailable", `${path} answered with a shape that breaks the contract`, {
      cause: parsed.error,
    });
  }

  return {
    async read(schema, path, viewer) {
      if (inFlight >= deps.maxInFlight) {
        throw new RestFailure("unavailable", `more than ${deps.maxInFlight} reads are under way`);
      }
      if ((inFlightOf.get(viewer.userId) ?? 0) >= deps.maxPerUser) {
        throw new RestFailure("busy", `user ${viewer.userId} has ${deps.maxPerUser} reads under way`);
      }
      count(viewer.userId, 1);
      const began = deps.now();
      const observe = (outcome: "ok" | RestFailure["kind"]) => deps.observe(outcome, (deps.now() - began) / 1000);
      try {
        const answer = await fetchAndParse(schema, path, viewer);
        observe("ok");
        return answer;
      } catch (error) {
        const failure =
          error instanceof RestFailure
            ? error
            : new RestFailure("unavailable", `${path} gave no answer`, { cause: error });
        observe(failure.kind);
        if (failure.kind === "unavailable") {
          deps.logger.warn({ err: failure, request_id: viewer.requestId }, "a read from rest_service failed");
        }
        throw failure;
      } finally {
        count(viewer.userId, -1);
      }
    },
    async isReady() {
      try {
        const response = await deps.fetch(`${deps.baseUrl}/readyz`, {
          signal: AbortSignal.timeout(deps.timeoutMs / 2),
        });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false;
      }
    },
  };
}
