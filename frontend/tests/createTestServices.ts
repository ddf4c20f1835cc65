import type { ConnectionState, RealtimeEvent } from "@espigon/realtime_client";
import { systemScheduler } from "@espigon/realtime_client";
import { createApi } from "../src/lib/createApi.ts";
import { createApolloClient } from "../src/lib/createApolloClient.ts";
import { createLiveQueries } from "../src/lib/createLiveQueries.ts";
import { createLiveStatus } from "../src/lib/createLiveStatus.ts";
import type { Services } from "../src/lib/createServices.ts";
import { followSession } from "../src/lib/followSession.ts";
import { isFinalError } from "../src/lib/isFinalError.ts";
import type { Session, SessionState } from "../src/lib/Session.ts";
import type { FetchLike } from "../src/lib/sendRequest.ts";

export type TestServices = {
  readonly services: Services;
  /** What the server tells. */
  readonly tell: (event: RealtimeEvent) => void;
  readonly connection: (state: ConnectionState) => void;
  readonly signedIn: (state: SessionState) => void;
};

const SELLER: SessionState = {
  status: "signed_in",
  user: { id: "7", name: "Rosa", role: "SELLER", seller_id: "1" },
};

/** The services of a page whose server is `fetch`, and whose connection and session do what the test says. */
export function createTestServices(fetch: FetchLike): TestServices {
  const events = new Set<(event: RealtimeEvent) => void>();
  const states = new Set<(state: ConnectionState) => void>();
  const watchers = new Set<() => void>();
  let connection: ConnectionState = { status: "live", since: Date.now() };
  let signedIn: SessionState = SELLER;
  const listenTo =
    <Listener>(set: Set<Listener>) =>
    (listener: Listener) => {
      set.add(listener);
      return () => set.delete(listener);
    };
  const nothing = () => {};
  const realtime: Services["realtime"] = {
    state: () => connection,
    onState: listenTo(states),
    subscribe: listenTo(events),
    heardAt: () => null,
    position: () => ({ applied: 0, resumePoint: 0 }),
    connect: nothing,
    retry: nothing,
    authenticate: nothing,
    joinRoom: nothing,
    leaveRoom: nothing,
    typing: nothing,
    close: nothing,
  };
  const refuse = () => Promise.reject(new Error("not in this test"));
  const session: Session = {
    state: () => signedIn,
    subscribe: listenTo(watchers),
    resume: nothing,
    login: refuse,
    register: refuse,
    changePassword: refuse,
    logout: refuse,
    getToken: async (options) => (options?.refresh === true ? "d.e.f" : "a.b.c"),
    onToken: () => nothing,
  };
  const scheduler = systemScheduler;
  const visibility = { isVisible: () => true, subscribe: () => nothing };
  const liveQueries = createLiveQueries({ realtime, scheduler, random: () => 0, visibility, isFinal: isFinalError });
  const network = { isOnline: () => true, subscribe: () => nothing };
  const apollo = createApolloClient({ graphqlUrl: "http://report.test/graphql", fetch, session });
  followSession({ session, apollo, realtime, liveQueries, scheduler });
  return {
    services: {
      session,
      api: createApi({ apiUrl: "http://rest.test", fetch, session, scheduler, random: () => 0 }),
      apollo,
      realtime,
      liveQueries,
      liveStatus: createLiveStatus({ realtime, queries: liveQueries, session, network, scheduler }),
    },
    tell(event) {
      for (const listener of events) listener(event);
    },
    connection(state) {
      connection = state;
      for (const listener of states) listener(state);
    },
    signedIn(state) {
      signedIn = state;
      for (const listener of watchers) listener();
    },
  };
}
