import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { FLOOR_HEADER, type Notification } from "@espigon/event_contracts";
import { asOfOf } from "../lib/asOfOf.ts";
import type { Live } from "./Live.ts";
import { useRefetch } from "./useRefetch.ts";
import { useServices } from "./useServices.ts";

export type LiveQueryOptions<Variables> = {
  readonly variables: Variables;
  /** Whether a notification makes this query stale. */
  readonly concerns: (notification: Notification) => boolean;
};

/**
 * A GraphQL query that follows the marketplace: read again when a hint concerns it, never showing an older state over a
 * newer one. Every root field of the document must select `asOf`. Other variables are another query.
 */
export function useLiveQuery<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { variables, concerns }: LiveQueryOptions<Variables>,
): Live<Data> {
  const { apollo } = useServices();
  const { state, refetch } = useRefetch({
    key: `${nameOf(document)} ${JSON.stringify(variables)}`,
    concerns,
    numbered: true,
    load: async (floor, signal) => {
      const { data } = await apollo.query<Data>({
        query: document,
        variables,
        fetchPolicy: "network-only",
        context: { queryDeduplication: false, headers: { [FLOOR_HEADER]: String(floor) }, fetchOptions: { signal } },
      });
      return asOfOf(data) ?? 0;
    },
  });
  const observed = useQuery<Data>(document, {
    client: apollo,
    variables,
    fetchPolicy: "cache-only",
    notifyOnNetworkStatusChange: false,
  });
  const data = observed.dataState === "complete" ? observed.data : undefined;
  return {
    data,
    error: state.error,
    loading: data === undefined && state.error === undefined,
    refreshing: data !== undefined && state.inFlight,
    asOf: asOfOf(data),
    refetch,
  };
}

function nameOf(document: TypedDocumentNode<unknown, never>): string {
  return document.definitions.map((node) => ("name" in node ? (node.name?.value ?? "") : "")).join(" ");
}
