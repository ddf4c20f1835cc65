import type { VersionedCache } from "./VersionedCache.ts";

/** The same cache, telling of every answer where it came from. */
export function countAnswers(cache: VersionedCache, count: (source: string) => void): VersionedCache {
  return {
    async get(demand) {
      try {
        const answer = await cache.get(demand);
        count(answer.kind === "fresh" ? answer.source : "stale");
        return answer;
      } catch (error) {
        count("failed");
        throw error;
      }
    },
  };
}
