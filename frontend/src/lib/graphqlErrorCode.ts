import { CombinedGraphQLErrors, ServerError } from "@apollo/client/errors";
import { z } from "zod";

const Coded = z.object({ extensions: z.object({ code: z.string() }) });
const Body = z.object({ errors: z.array(z.unknown()) });

/** The stable code of a GraphQL refusal (`extensions.code` of its first error), with whatever status it came. */
export function graphqlErrorCode(error: unknown): string | undefined {
  if (CombinedGraphQLErrors.is(error)) return codeIn(error.errors[0]);
  if (!ServerError.is(error)) return undefined;
  return codeIn(Body.safeParse(jsonOf(error.bodyText)).data?.errors[0]);
}

function codeIn(error: unknown): string | undefined {
  return Coded.safeParse(error).data?.extensions.code;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
