/** Waits for a condition, asked every 10 ms. @throws when it has not come true within 30 s. */
export async function waitUntil(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited for 30 s in vain: ${what}`);
    await Bun.sleep(10);
  }
}
