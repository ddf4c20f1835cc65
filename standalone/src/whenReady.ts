import type { Service } from "@espigon/service_kit";

const DEADLINE_MS = 10_000;

/** Waits (10 s at most) until services that listen may also take traffic. */
export async function whenReady(services: readonly Service[]): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (const { url } of services) {
    while (Date.now() < deadline && !(await isReady(url))) await Bun.sleep(20);
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
}
