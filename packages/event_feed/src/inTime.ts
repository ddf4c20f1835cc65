import { REDIS_TIMEOUT_MS } from "./connectRedis.ts";

/** The reply, or a rejection when it does not come in time: within 2 s by default. */
export async function inTime<Reply>(reply: Promise<Reply>, ms = REDIS_TIMEOUT_MS): Promise<Reply> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Redis did not answer in time")), ms);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
}
