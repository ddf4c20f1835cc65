import { z } from "zod";

/** How a call ended. `unknown`: it may or may not have taken effect. */
export type Outcome =
  | { readonly kind: "done"; readonly body: unknown }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: string;
      /** Of the order, where a step was refused. */
      readonly current_status?: string | undefined;
    }
  | { readonly kind: "unknown"; readonly why: string };

export type Call = {
  readonly method: "GET" | "POST" | "PATCH";
  readonly url: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

const ANSWER_MS = 6_000;
const Problem = z.object({ code: z.string(), current_status: z.string().optional() });

/** One HTTP call with a bounded wait. A timeout, a cut and a 5xx are unknown; so is a request that is still running. */
export async function callApi(call: Call): Promise<Outcome> {
  const late = AbortSignal.timeout(ANSWER_MS);
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: {
        "content-type": "application/json",
        ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: call.signal === undefined ? late : AbortSignal.any([late, call.signal]),
    });
    const body: unknown = await response.json();
    if (response.ok) return { kind: "done", body };
    const { code, current_status } = Problem.safeParse(body).data ?? { code: "?" };
    if (response.status >= 500 || code === "IN_PROGRESS") return { kind: "unknown", why: `${response.status} ${code}` };
    return { kind: "refused", status: response.status, code, current_status };
  } catch (error) {
    return { kind: "unknown", why: String(error) };
  }
}
