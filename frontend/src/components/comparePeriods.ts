/** How a figure stands against the same figure of the period before. */
export type Comparison =
  /** There was nothing before, and now there is: a ratio would be infinite. */
  | { readonly kind: "new" }
  /** Nothing then and nothing now, or no previous figure at all. */
  | { readonly kind: "none" }
  | { readonly kind: "same" }
  /** `ratio` 0.21 is 21 % more; -1 is all of it gone. */
  | { readonly kind: "change"; readonly ratio: number };

/** Compares two counts or two amounts in the same unit. A change that rounds to 0 % counts as `same`. */
export function comparePeriods(current: number, previous: number | null | undefined): Comparison {
  if (previous === null || previous === undefined || (previous === 0 && current === 0)) return { kind: "none" };
  if (previous === 0) return { kind: "new" };
  const ratio = (current - previous) / Math.abs(previous);
  return Math.round(ratio * 100) === 0 ? { kind: "same" } : { kind: "change", ratio };
}
