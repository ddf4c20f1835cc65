import { Problem } from "@espigon/event_contracts";
import { RestFailure, type RestFailureKind } from "./RestFailure.ts";

/** Turns an answer other than 2xx into a failure, by its status and the `code` of its problem document. */
export async function failureOfResponse(path: string, response: Response): Promise<RestFailure> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  const code = problem.data?.code ?? "no code";
  return new RestFailure(kindOf(response.status, code), `${path} answered ${response.status} (${code})`);
}

function kindOf(status: number, code: string): RestFailureKind {
  switch (status) {
    case 400:
    case 422:
      return "invalid";
    case 401:
      return code === "TOKEN_EXPIRED" ? "token_expired" : "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    default:
      return "unavailable";
  }
}
