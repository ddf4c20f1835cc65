import type { Scheduler } from "@espigon/realtime_client";
import type { z } from "zod";
import type { ApiClient, RequestOptions } from "./ApiClient.ts";
import { ApiError } from "./ApiError.ts";
import { type FetchLike, sendRequest } from "./sendRequest.ts";
import type { Session } from "./Session.ts";

const TIMEOUT_MS = 15_000;
const ATTEMPTS = 3;
const RETRY_MS = 400;
/** A longer wait is the user's to decide. */
const LONGEST_WAIT_MS = 5_000;

/** No answer, or a server that asks to come again. */
const PASSING: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

export type ApiDeps = {
  readonly apiUrl: string;
  readonly fetch: FetchLike;
  readonly session: Pick<Session, "getToken">;
  readonly scheduler: Pick<Scheduler, "after">;
  /** Uniform in [0, 1). */
  readonly random: () => number;
};

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export function createApi({ apiUrl, fetch, session, scheduler, random }: ApiDeps): ApiClient {
  const once = async (method: Method, path: string, body: unknown, options: RequestOptions, refresh: boolean) => {
    const token = await session.getToken({ refresh });
    const form = body instanceof FormData;
    const init: RequestInit = {
      method,
      headers: {
        accept: "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || form ? {} : { "content-type": "application/json" }),
        ...(options.idempotencyKey === undefined ? {} : { "idempotency-key": options.idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    };
    return sendRequest(fetch, apiUrl + path + queryOf(options.query), init, TIMEOUT_MS);
  };

  const send = async (method: Method, path: string, body: unknown, options: RequestOptions = {}) => {
    const repeatable = method === "GET" || method === "DELETE" || options.idempotencyKey !== undefined;
    let refresh = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(method, path, body, options, refresh);
      } catch (error) {
        if (!(error instanceof ApiError) || attempt >= ATTEMPTS) throw error;
        if (isTokenFault(error) && !refresh) {
          refresh = true;
          continue;
        }
        const waitMs = waitBefore(error, attempt, random);
        if (!repeatable || !isPassing(error) || waitMs > LONGEST_WAIT_MS) throw error;
        await new Promise<void>((resolve) => scheduler.after(waitMs, resolve));
      }
    }
  };

  const parsed = async <Answer>(answer: z.ZodType<Answer>, reply: Promise<unknown>): Promise<Answer> => {
    const result = answer.safeParse(await reply);
    if (result.success) return result.data;
    throw new ApiError(
      { status: 0, code: "UNEXPECTED_ANSWER", title: "Not the agreed shape" },
      { cause: result.error },
    );
  };

  return {
    get: (path, answer, options) => parsed(answer, send("GET", path, undefined, options)),
    post: (path, body, answer, options) => parsed(answer, send("POST", path, body, options)),
    patch: (path, body, answer, options) => parsed(answer, send("PATCH", path, body, options)),
    async delete(path, options) {
      await send("DELETE", path, undefined, options);
    },
  };
}

function isTokenFault({ code }: ApiError): boolean {
  return code === "TOKEN_EXPIRED" || code === "UNAUTHENTICATED";
}

function isPassing({ status, code }: ApiError): boolean {
  return PASSING.has(status) && code !== "UNEXPECTED_ANSWER";
}

function waitBefore(error: ApiError, attempt: number, random: () => number): number {
  const asked = error.problem["retry_after_s"];
  return typeof asked === "number" ? asked * 1_000 : RETRY_MS * 2 ** (attempt - 1) * (0.5 + random() / 2);
}

function queryOf(query: RequestOptions["query"]): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}
