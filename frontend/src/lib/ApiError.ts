import type { Problem } from "@espigon/event_contracts";

export type FieldError = { readonly path: string; readonly message: string };

/**
 * A refusal of the REST API, or no answer at all. `code` is the stable code of the problem document; `status` 0 with
 * code `NETWORK` or `TIMEOUT` means that no answer came, so a change may or may not have been made.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** Which fields were wrong, for `INVALID_INPUT`. */
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  /** The whole problem document, with what a code adds (such as `product_id` of `OUT_OF_STOCK`). */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(problem: Pick<Problem, "status" | "code" | "title"> & Partial<Problem>, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.title}`, options);
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id;
    this.problem = problem;
  }
}
