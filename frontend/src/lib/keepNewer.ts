type Answer = { readonly asOf?: unknown } | null | undefined;

/** A cache's `merge` that never lets an older answer replace a newer one: the second belt, after the coordinator. */
export function keepNewer<Value extends Answer>(existing: Value | undefined, incoming: Value): Value {
  return existing !== undefined && asOf(existing) > asOf(incoming) ? existing : incoming;
}

function asOf(answer: Answer): number {
  return Number(answer?.asOf ?? -1);
}
