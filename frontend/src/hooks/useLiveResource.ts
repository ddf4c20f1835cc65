import type { Notification } from "@espigon/event_contracts";
import { useState } from "react";
import type { Live } from "./Live.ts";
import { useRefetch } from "./useRefetch.ts";

export type LiveResourceOptions = {
  /** Whether a notification makes this resource stale. */
  readonly concerns: (notification: Notification) => boolean;
};

/**
 * Something that is read over REST and follows the marketplace, by the rules of the refetch coordinator. REST answers
 * carry no `asOf`, so whatever was asked for before a hint arrived is asked for again.
 * `key` names what is read (path and filters): another key is another resource, and its data starts empty.
 */
export function useLiveResource<Data>(
  key: string,
  load: (signal: AbortSignal) => Promise<Data>,
  { concerns }: LiveResourceOptions,
): Live<Data> {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly data: Data }>();
  const { state, refetch } = useRefetch({
    key,
    concerns,
    numbered: false,
    load: async (floor, signal) => {
      const data = await load(signal);
      if (!signal.aborted) setAnswer({ key, data });
      return floor;
    },
  });
  const data = answer?.key === key ? answer.data : undefined;
  return {
    data,
    error: state.error,
    loading: data === undefined && state.error === undefined,
    refreshing: data !== undefined && state.inFlight,
    asOf: null,
    refetch,
  };
}
