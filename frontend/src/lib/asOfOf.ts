/** The seq up to which a GraphQL answer is complete: the least `asOf` of its root fields; null when none has one. */
export function asOfOf(data: unknown): number | null {
  if (typeof data !== "object" || data === null) return null;
  const all = Object.values(data).flatMap((field: unknown) => {
    if (typeof field !== "object" || field === null || !("asOf" in field)) return [];
    const asOf = Number(field.asOf);
    return Number.isSafeInteger(asOf) ? [asOf] : [];
  });
  return all.length === 0 ? null : Math.min(...all);
}
