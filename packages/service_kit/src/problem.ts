import type { Problem } from "@espigon/event_contracts";
import { HARMLESS_HEADERS } from "./harmlessHeaders.ts";

/** An expected refusal on its way to the edge, where it becomes a problem document. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: { status: number; code: string; title: string } & Record<string, unknown>) {
    super(`${problem.code}: ${problem.title}`);
    this.problem = { type: "about:blank", ...problem };
  }
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...HARMLESS_HEADERS,
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}
