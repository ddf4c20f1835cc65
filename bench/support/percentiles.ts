/** Percentiles of a sample, in its own unit; NaN where the sample is empty. */
export function percentiles(sample: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = Float64Array.from(sample).toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
