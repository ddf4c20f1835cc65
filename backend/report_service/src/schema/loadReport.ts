import type { Audience } from "@espigon/event_contracts";
import type { Versioned } from "../cache/VersionedCache.ts";
import type { AuthorizationScope } from "./authorize.ts";
import type { ReportContext } from "./ReportContext.ts";
import { refusal } from "./refusal.ts";
import { refusalOfFailure } from "./refusalOfFailure.ts";

/** A statistics answer as it leaves: `asOf` is a seq in decimal digits, since it may outgrow GraphQL's Int. */
export type Report<Value> = Value & { readonly asOf: string };

export type ReportDemand<Value> = {
  readonly operation: string;
  readonly scope: AuthorizationScope;
  /** Whose events make the answer stale. */
  readonly audience: Audience;
  /** Everything that the answer depends on besides the operation, resolved: days, not presets. */
  readonly variables: readonly (string | number)[];
  readonly read: () => Promise<Versioned<Value>>;
};

/**
 * Answers a demand by the cache or by a read, with `asOf` at or above the request's floor.
 * @throws a refusal: STALE when the floor was not reached in time, or what the read failed with.
 */
export async function loadReport<Value extends object>(
  { cache, floor, verdict }: ReportContext,
  demand: ReportDemand<Value>,
): Promise<Report<Value>> {
  if (floor === undefined) throw refusal("BAD_USER_INPUT", "The header x-min-seq is not a seq.");
  const answer = await cache
    .get({
      key: JSON.stringify([demand.scope, demand.operation, ...demand.variables]),
      audience: demand.audience,
      floor,
      reader: verdict.kind === "valid" ? JSON.stringify([verdict.principal.user_id, verdict.principal.session_id]) : "",
      read: demand.read,
    })
    .catch((error: unknown) => {
      throw refusalOfFailure(error);
    });
  if (answer.kind === "stale") {
    throw refusal("STALE", "The statistics have not come as far as asked for. Try again.", {
      asOf: String(answer.asOf),
    });
  }
  return { ...answer.value, asOf: String(answer.asOf) };
}
