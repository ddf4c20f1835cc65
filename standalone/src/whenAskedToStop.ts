const STARTER_CHECK_MS = 500;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP, or when the process that started this one is gone (kill -9). */
export function whenAskedToStop(starterPid: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    if (starterPid !== undefined) {
      setInterval(() => {
        if (process.ppid !== starterPid) resolve();
      }, STARTER_CHECK_MS).unref();
    }
  });
}
