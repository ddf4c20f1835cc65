import type { ApolloClient } from "@apollo/client";
import { createSharedClient, type RealtimeClient, systemScheduler } from "@espigon/realtime_client";
import type { Env } from "../config/env.ts";
import type { ApiClient } from "./ApiClient.ts";
import { createApi } from "./createApi.ts";
import { createApolloClient } from "./createApolloClient.ts";
import { createLiveQueries, type LiveQueries } from "./createLiveQueries.ts";
import { createLiveStatus, type LiveStatusStore } from "./createLiveStatus.ts";
import { createSession } from "./createSession.ts";
import { followBusinessDay } from "./followBusinessDay.ts";
import { followSession } from "./followSession.ts";
import { isFinalError } from "./isFinalError.ts";
import { browserNetworkState } from "./networkState.ts";
import { pageVisibility } from "./PageVisibility.ts";
import type { FetchLike } from "./sendRequest.ts";
import type { Session } from "./Session.ts";
import { browserSessionChannel } from "./sessionChannel.ts";
import { browserSessionMemory } from "./sessionMemory.ts";

export type Services = {
  readonly session: Session;
  readonly api: ApiClient;
  readonly apollo: ApolloClient;
  readonly realtime: RealtimeClient;
  readonly liveQueries: LiveQueries;
  readonly liveStatus: LiveStatusStore;
};

/** Builds what the pages stand on. */
export function createServices(env: Env): Services {
  const scheduler = systemScheduler;
  const fetch: FetchLike = (input, init) => globalThis.fetch(input, init);
  const session = createSession({
    apiUrl: env.apiUrl,
    fetch,
    scheduler,
    channel: browserSessionChannel(),
    memory: browserSessionMemory(),
  });
  const api = createApi({ apiUrl: env.apiUrl, fetch, session, scheduler, random: Math.random });
  const apollo = createApolloClient({ graphqlUrl: env.graphqlUrl, fetch, session });
  const realtime = createSharedClient({
    url: `${env.wsUrl}/ws`,
    fallbackUrl: `${env.wsUrl.replace(/^ws/, "http")}/sse`,
    scope: () => session.state().user?.id ?? "",
    getToken: (options) => session.getToken(options),
  });
  const liveQueries = createLiveQueries({
    realtime,
    scheduler,
    random: Math.random,
    visibility: pageVisibility(),
    isFinal: isFinalError,
  });
  const network = browserNetworkState();
  const liveStatus = createLiveStatus({ realtime, queries: liveQueries, session, network, scheduler });
  followBusinessDay({ scheduler, liveQueries });
  followSession({ session, apollo, realtime, liveQueries, scheduler });
  return { session, api, apollo, realtime, liveQueries, liveStatus };
}
