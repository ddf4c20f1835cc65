import type { Notification } from "@espigon/event_contracts";
import { useState } from "react";
import type { Live } from "../hooks/Live.ts";
import { useLiveResource } from "../hooks/useLiveResource.ts";

type Page = { readonly next_cursor: string | null };

export type PagedRead<List extends Page> = { readonly read: Live<List>; readonly loadMore: () => void };

type PagedResourceOptions<List extends Page> = {
  /** What is read: path and filters. Another key starts with one page again. */
  readonly key: string;
  readonly load: (cursor: string | undefined, signal: AbortSignal) => Promise<List>;
  readonly append: (pages: List, page: List) => List;
  readonly concerns: (notification: Notification) => boolean;
};

/**
 * A list that is read page after page, and follows the marketplace as far as it is shown: a hint reads all of its
 * shown pages again, so a list never mixes old and new pages. The pages shown stay while more are read.
 */
export function usePagedResource<List extends Page>(options: PagedResourceOptions<List>): PagedRead<List> {
  const { key, load, append, concerns } = options;
  const [wanted, setWanted] = useState({ key, pages: 1 });
  const pages = wanted.key === key ? wanted.pages : 1;

  async function loadAll(signal: AbortSignal): Promise<List> {
    let list = await load(undefined, signal);
    for (let page = 1; page < pages && list.next_cursor !== null; page += 1) {
      list = append(list, await load(list.next_cursor, signal));
    }
    return list;
  }

  const current = useLiveResource(`${key} x${pages}`, loadAll, { concerns });
  const [last, setLast] = useState<{ readonly key: string; readonly data: List }>();
  if (current.data !== undefined && last?.data !== current.data) setLast({ key, data: current.data });
  const data = current.data ?? (last?.key === key ? last.data : undefined);
  const read = { ...current, data, loading: current.loading && data === undefined };
  return { read, loadMore: () => setWanted({ key, pages: pages + 1 }) };
}
