import { answerOperations, type OperationsDeps, problemResponse, type VerifyAccessToken } from "@espigon/service_kit";
import type { VersionedCache } from "../cache/VersionedCache.ts";
import type { RestReader } from "../restClient/createRestReader.ts";
import { restStatistics } from "../restClient/restStatistics.ts";
import type { ReportContext } from "../schema/ReportContext.ts";
import { corsOf } from "./cors.ts";
import type { GraphqlHandler } from "./createGraphqlHandler.ts";
import { MAX_BODY_BYTES } from "./documentLimits.ts";
import { floorOf } from "./floorOf.ts";
import { refuseUnlessJsonPost } from "./refuseUnlessJsonPost.ts";
import { requestIdOf } from "./requestIdOf.ts";
import { securityHeaders } from "./securityHeaders.ts";
import { verdictOf } from "./verdictOf.ts";

export type FetchHandlerDeps = {
  readonly verify: VerifyAccessToken;
  readonly cache: VersionedCache;
  readonly rest: RestReader;
  readonly graphql: GraphqlHandler;
  readonly operations: OperationsDeps;
  /** Of a node that is leaving; `undefined` as long as it serves. */
  readonly refusal: (request: Request) => Response | undefined;
  readonly origins: readonly string[];
  readonly graphiql: boolean;
  readonly clock: () => Date;
  readonly now: () => number;
  readonly observe: (status: string, seconds: number) => void;
};

/** Every request of the service, by path: operations, GraphQL, and nothing else. */
export function createFetchHandler(deps: FetchHandlerDeps) {
  async function contextOf(request: Request, requestId: string): Promise<ReportContext> {
    const { token, verdict } = await verdictOf(request.headers, deps.verify);
    // Without a principal nothing is read.
    const userId = verdict.kind === "valid" ? verdict.principal.user_id : "";
    return {
      requestId,
      verdict,
      floor: floorOf(request.headers),
      now: deps.clock(),
      statistics: restStatistics(deps.rest, { token, userId, requestId }),
      cache: deps.cache,
    };
  }

  async function answerGraphql(request: Request, requestId: string): Promise<Response> {
    const opensGraphiql = deps.graphiql && request.method === "GET";
    const refused = opensGraphiql ? undefined : refuseUnlessJsonPost(request);
    if (refused !== undefined) return refused;
    const answer = await deps.graphql(request, await contextOf(request, requestId));
    return answer.status === 413 ? refuse(413, "PAYLOAD_TOO_LARGE", BODY_TOO_LARGE) : answer;
  }

  return {
    async answer(request: Request, remoteAddress: string | undefined): Promise<Response> {
      const began = deps.now();
      const operations = await answerOperations(deps.operations, request, remoteAddress);
      if (operations !== undefined) return operations;
      if (new URL(request.url).pathname !== "/graphql") return refuse(404, "NOT_FOUND", "There is nothing here");

      const refused = deps.refusal(request);
      if (refused !== undefined) return refused;
      const requestId = requestIdOf(request.headers);
      const cors = corsOf(request, deps.origins);
      const answer = cors.preflight ?? (await answerGraphql(request, requestId));
      const response = new Response(answer.body, answer);
      const headers = { ...cors.headers, ...securityHeaders(answer.headers.get("content-type")) };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      response.headers.set("x-request-id", requestId);
      deps.observe(String(response.status), (deps.now() - began) / 1000);
      return response;
    },
    /** The last resort for what nobody foresaw, without any detail. */
    answerCrash: (): Response => refuse(500, "INTERNAL", "Something went wrong"),
  };
}

const BODY_TOO_LARGE = `A body may have at most ${MAX_BODY_BYTES} bytes`;

function refuse(status: number, code: string, title: string): Response {
  return problemResponse({ type: "about:blank", title, status, code }, securityHeaders(null));
}
