/** A key that names one intended change, so that its repeats are recognized. One per intent, not per attempt. */
export function newIdempotencyKey(): string {
  // Not `randomUUID`: pages over plain http do not have it.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
