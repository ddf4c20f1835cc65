import { Problem } from "@espigon/event_contracts";
import { ApiError } from "./ApiError.ts";
import { withTimeout } from "./withTimeout.ts";

export type FetchLike = (input: string, init: RequestInit) => Promise<Response>;

/**
 * One exchange with the REST API: resolves to the JSON body (undefined for none), within `timeoutMs`.
 * @throws ApiError for a refusal (its problem document) and for no answer (`NETWORK`, `TIMEOUT`).
 */
export async function sendRequest(
  fetch: FetchLike,
  url: string,
  init: RequestInit,
  timeoutMs: number,
): Promise<unknown> {
  try {
    const response = await fetch(url, { ...init, signal: withTimeout(timeoutMs, init.signal) });
    const text = await response.text();
    if (!response.ok) throw refusalOf(response, text);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    if (init.signal?.aborted === true) throw cause;
    throw noAnswer(cause);
  }
}

/** What a `fetch` that was rejected means. */
export function noAnswer(cause: unknown): ApiError {
  const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
  return new ApiError(
    timedOut
      ? { status: 0, code: "TIMEOUT", title: "No answer in time" }
      : { status: 0, code: "NETWORK", title: "No answer" },
    { cause },
  );
}

function refusalOf(response: Response, text: string): ApiError {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const extra = Number.isFinite(retryAfter) ? { retry_after_s: retryAfter } : {};
  const problem = Problem.safeParse(jsonOf(text));
  if (problem.success) return new ApiError({ ...problem.data, ...extra });
  return new ApiError({
    status: response.status,
    code: `HTTP_${response.status}`,
    title: response.statusText,
    ...extra,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
