import { ProblemError } from "@espigon/service_kit";

/** The refusals that several controllers give, each in one form. */
export const refusals = {
  invalid: (path: string, message: string) =>
    new ProblemError({
      status: 400,
      code: "INVALID_INPUT",
      title: "The request does not fit the schema",
      errors: [{ path, message }],
    }),
  unauthenticated: (title = "Log in first") => new ProblemError({ status: 401, code: "UNAUTHENTICATED", title }),
  forbidden: (title = "Not for you") => new ProblemError({ status: 403, code: "FORBIDDEN", title }),
  /** Also for what exists but is somebody else's. */
  notFound: (title = "Not found", details: Record<string, unknown> = {}) =>
    new ProblemError({ status: 404, code: "NOT_FOUND", title, ...details }),
  tooManyAttempts: (retryAfterS: number) =>
    new ProblemError({
      status: 429,
      code: "RATE_LIMITED",
      title: "Too many attempts",
      retry_after_s: retryAfterS,
    }),
  busy: () =>
    new ProblemError({ status: 503, code: "UNAVAILABLE", title: "Too busy; try again in a moment", retry_after_s: 1 }),
};
