import type { Logger } from "@espigon/service_kit";
import { createYoga, type Plugin } from "graphql-yoga";
import type { ReportContext } from "../schema/ReportContext.ts";
import { reportSchema } from "../schema/reportSchema.ts";
import { documentLimits, MAX_BODY_BYTES } from "./documentLimits.ts";
import { shapeError } from "./shapeError.ts";

export type GraphqlHandlerDeps = {
  readonly logger: Logger;
  /** Introspection, suggestions in errors, and GraphiQL for a browser that opens `/graphql`. */
  readonly graphiql: boolean;
  readonly countError: (code: string) => void;
};

export type GraphqlHandler = (request: Request, context: ReportContext) => Promise<Response>;

/** GraphQL over HTTP at `/graphql`. Never throws: every error leaves as a GraphQL error with a code. */
export function createGraphqlHandler(deps: GraphqlHandlerDeps): GraphqlHandler {
  const errorShape: Plugin<Record<string, never>, ReportContext> = {
    onResultProcess(processing) {
      const { result, serverContext } = processing;
      if (Array.isArray(result) || !("errors" in result) || result.errors === undefined) return;
      const { requestId } = serverContext;
      const errors = result.errors.map((raised: unknown) => {
        const { error, surprise } = shapeError(raised, requestId);
        if (surprise !== undefined) deps.logger.error({ err: surprise, request_id: requestId }, "a query failed");
        deps.countError(String(error.extensions["code"]));
        return error;
      });
      processing.setResult({ ...result, errors });
    },
  };

  const yoga = createYoga<ReportContext>({
    schema: reportSchema,
    graphqlEndpoint: "/graphql",
    plugins: [...documentLimits({ introspection: deps.graphiql }), errorShape],
    // `errorShape` masks, so that one place decides what leaves.
    maskedErrors: false,
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    graphiql: deps.graphiql ? { title: "Espigón statistics" } : false,
    maxRequestBodySize: MAX_BODY_BYTES,
    logging: false,
  });
  return async (request, context) => yoga.fetch(request, context);
}
