import type { z } from "zod";

export type RequestOptions = {
  /** Query parameters; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
  /** Makes a change safe to repeat: it is then retried like a read. See `newIdempotencyKey`. */
  readonly idempotencyKey?: string;
};

/**
 * The REST API. Paths start with `/api/`. Every call ends within 15 s for an attempt and three attempts at most; only
 * what does no harm when repeated is retried (reads, deletes, and changes with an idempotency key).
 * Each call takes the schema of its answer. @throws ApiError for refusals and for no answer.
 */
export interface ApiClient {
  readonly get: <Answer>(path: string, answer: z.ZodType<Answer>, options?: RequestOptions) => Promise<Answer>;
  readonly post: <Answer>(
    path: string,
    body: unknown,
    answer: z.ZodType<Answer>,
    options?: RequestOptions,
  ) => Promise<Answer>;
  readonly patch: <Answer>(
    path: string,
    body: unknown,
    answer: z.ZodType<Answer>,
    options?: RequestOptions,
  ) => Promise<Answer>;
  readonly delete: (path: string, options?: RequestOptions) => Promise<void>;
}
