import type { RealtimeClient, Scheduler } from "@espigon/realtime_client";
import type { LiveQueries } from "./createLiveQueries.ts";
import type { Session } from "./Session.ts";

/** A connection that is refused again and again, though the session stands, is made this far apart, in milliseconds. */
const REFUSED_PAUSE_MS = 10_000;

type FollowedServices = {
  readonly session: Pick<Session, "state" | "subscribe" | "onToken" | "getToken">;
  readonly apollo: { readonly resetStore: () => Promise<unknown> };
  readonly realtime: Pick<RealtimeClient, "onState" | "subscribe" | "connect" | "close" | "authenticate">;
  readonly liveQueries: Pick<LiveQueries, "refetchAll">;
  readonly scheduler: Pick<Scheduler, "now" | "after">;
};

/** Lets the connection and what is cached follow the session, and the cache the numbers of the server. */
export function followSession({ session, apollo, realtime, liveQueries, scheduler }: FollowedServices): void {
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
  let refusedAt = -Infinity;
  /** The server has ended the session: a refresh tells whether it has, and leads to the login then. */
  const refused = async (): Promise<void> => {
    const pauseMs = Math.max(0, refusedAt + REFUSED_PAUSE_MS - scheduler.now());
    refusedAt = scheduler.now() + pauseMs;
    const token = await session.getToken({ refresh: true }).catch(() => undefined);
    // The one that has ended was another, such as the one before a change of the password.
    if (token !== null) scheduler.after(pauseMs, () => realtime.connect());
  };
  realtime.onState((state) => {
    if (state.status === "closed" && state.reason === "forbidden") void refused();
  });
  realtime.subscribe((event) => {
    // The numbers have started anew: what is cached would look newer than all that comes.
    if (event.kind === "resync" && event.reason === "unknown_seq") void apollo.resetStore();
  });
}
