/** The system clock in milliseconds since 1970, with fractions: comparable between processes of one machine. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}
