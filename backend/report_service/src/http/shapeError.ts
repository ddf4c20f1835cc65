import { GraphQLError } from "graphql";

export type ShapedError = {
  readonly error: GraphQLError;
  /** What went wrong unexpectedly: for the log, never for the client. */
  readonly surprise: unknown;
};

/** Extensions of ours that clients may see; `http` is for yoga, which takes it out. */
const PUBLIC_EXTENSIONS = ["code", "asOf", "http"] as const;

/**
 * Gives an error the one shape that leaves this service: a stable `extensions.code` and the request id. What nobody
 * meant to tell is masked as INTERNAL.
 */
export function shapeError(error: unknown, requestId: string): ShapedError {
  const root = rootOf(error);
  if (!(root instanceof GraphQLError) || isUnmeant(root)) return { error: masked(error, requestId), surprise: root };
  const outer = error instanceof GraphQLError ? error : root;
  const known = Object.fromEntries(
    PUBLIC_EXTENSIONS.map((name) => [name, outer.extensions[name] ?? root.extensions[name]]).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return {
    error: new GraphQLError(outer.message, {
      ...placeOf(outer),
      extensions: { code: codeOfGraphql(outer), ...known, request_id: requestId },
    }),
    surprise: undefined,
  };
}

function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootOf(error.originalError) : error;
}

/** An error of graphql-js at a field: what a resolver gave does not fit the schema. */
function isUnmeant({ extensions, path }: GraphQLError): boolean {
  return extensions["code"] === undefined && path !== undefined;
}

function masked(error: unknown, requestId: string): GraphQLError {
  return new GraphQLError("Something went wrong. Tell us the request id if it happens again.", {
    ...(error instanceof GraphQLError ? placeOf(error) : {}),
    extensions: { code: "INTERNAL", http: { status: 500 }, request_id: requestId },
  });
}

function placeOf({ nodes, path }: GraphQLError) {
  return { nodes: nodes ?? null, path: path ?? null };
}

/** graphql-js gives no codes: what points into the document is then a variable, all else a document past a limit. */
function codeOfGraphql({ nodes }: GraphQLError): string {
  return nodes === undefined ? "GRAPHQL_VALIDATION_FAILED" : "BAD_USER_INPUT";
}
