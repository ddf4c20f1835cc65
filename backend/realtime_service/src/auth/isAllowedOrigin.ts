/** Whether a page of this origin may open a socket: exact match; no Origin header means that it is not a browser. */
export function isAllowedOrigin(origin: string | null, allowed: readonly string[]): boolean {
  return origin === null || allowed.includes(origin);
}
