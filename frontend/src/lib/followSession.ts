import type { Services } from "./createServices.ts";

/** Lets the connection and what is cached follow the session, and the cache the numbers of the server. */
export function followSession(services: Pick<Services, "session" | "apollo" | "realtime" | "liveQueries">): void {
  const { session, apollo, realtime, liveQueries } = services;
  let userId: string | undefined;
  session.subscribe(() => {
    const [last, next] = [userId, session.state().user?.id];
    if (next === last) return;
    userId = next;
    realtime.close();
    // Another user must not see the figures of the last one. Who watches goes on watching, unlike with `clearStore`.
    const emptied = apollo.resetStore();
    if (next === undefined) return;
    realtime.connect();
    // What is on screen is the last one's. Not before, since emptying the cache breaks off what is being read.
    if (last !== undefined) void emptied.then(liveQueries.refetchAll);
  });
  session.onToken((token) => realtime.authenticate(token));
  realtime.onState((state) => {
    // The server has ended the session, or says so: a refresh tells, and leads to the login when it is true.
    if (state.status === "closed" && state.reason === "forbidden") {
      void session.getToken({ refresh: true }).catch(() => null);
    }
  });
  realtime.subscribe((event) => {
    // The numbers have started anew: what is cached would look newer than all that comes.
    if (event.kind === "resync" && event.reason === "unknown_seq") void apollo.resetStore();
  });
}
