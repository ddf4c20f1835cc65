/** Resolves to how long it took, in milliseconds, once `condition` holds. @throws when it does not in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 20_000,
): Promise<number> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > deadlineMs) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await Bun.sleep(20);
  }
  return performance.now() - began;
}
