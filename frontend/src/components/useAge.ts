import { useFormat } from "../i18n/useFormat.ts";
import { useNow } from "./useNow.ts";

/** How long ago an instant was ("hace 42 min"), kept up to date. `since` is ISO 8601 or milliseconds since 1970. */
export function useAge(since: string | number): string {
  const format = useFormat();
  const now = useNow();
  return format.ago(now - new Date(since).getTime());
}
