import type pg from "pg";

const PROBE_MS = 1_500;

/** Whether this instance may take traffic. A service that listens is migrated; what can change is asked each time. */
export function createReadiness(pool: pg.Pool, draining: () => boolean) {
  return {
    /** What it waits for; empty when it is ready. Answers within 1.5 s. */
    async unready(): Promise<readonly string[]> {
      if (draining()) return ["draining"];
      return (await answersInTime(pool)) ? [] : ["database"];
    },
  };
}

async function answersInTime(pool: pg.Pool): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PROBE_MS);
  });
  const answer = pool.query("select 1").then(
    () => true,
    () => false,
  );
  const inTime = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return inTime;
}
