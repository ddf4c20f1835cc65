import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { cacheSizes } from "@apollo/client/utilities";
import { from, switchMap } from "rxjs";
import { graphqlErrorCode } from "./graphqlErrorCode.ts";
import { keepNewer } from "./keepNewer.ts";
import { type FetchLike, noAnswer } from "./sendRequest.ts";
import type { Session } from "./Session.ts";
import { withTimeout } from "./withTimeout.ts";

/** Longer than the two seconds that report_service waits for a floor. */
const TIMEOUT_MS = 10_000;

export type ApolloDeps = {
  readonly graphqlUrl: string;
  readonly fetch: FetchLike;
  readonly session: Pick<Session, "getToken">;
};

/** Every request carries the session's token, and is repeated once with a new one when the server refuses the old. */
export function createApolloClient({ graphqlUrl, fetch, session }: ApolloDeps): ApolloClient {
  // Live queries replace their results all day long: with the default sizes the memo grew from 10 to 35 MB in a minute.
  cacheSizes["inMemoryCache.executeSelectionSet"] = 1_000;
  cacheSizes["inMemoryCache.executeSubSelectedArray"] = 500;

  const authorize = new SetContextLink(async (previous) => {
    const token = await session.getToken({ refresh: previous["refreshToken"] === true });
    const headers: unknown = previous["headers"];
    return { headers: { ...(headers as object), ...(token === null ? {} : { authorization: `Bearer ${token}` }) } };
  });
  const renewOnRefusal = new ErrorLink(({ error, operation, forward }) => {
    const code = graphqlErrorCode(error);
    const refused = code === "UNAUTHENTICATED" || code === "TOKEN_EXPIRED";
    if (!refused || operation.getContext()["refreshToken"] === true) return;
    operation.setContext({ refreshToken: true });
    return from(session.getToken()).pipe(switchMap(() => forward(operation)));
  });
  const http = new HttpLink({
    uri: graphqlUrl,
    fetch: (async (input: string, init: RequestInit) => {
      try {
        return await fetch(input, { ...init, signal: withTimeout(TIMEOUT_MS, init.signal) });
      } catch (cause) {
        throw init.signal?.aborted === true ? cause : noAnswer(cause);
      }
    }) as typeof globalThis.fetch,
  });
  return new ApolloClient({
    link: ApolloLink.from([renewOnRefusal, authorize, http]),
    cache: new InMemoryCache({
      // Figures belong to their query: two answers never share an object.
      dataIdFromObject: () => undefined,
      typePolicies: {
        Query: {
          fields: {
            sellerDashboardStats: { merge: keepNewer },
            sellerBestProducts: { merge: keepNewer },
            adminDashboardStats: { merge: keepNewer },
            adminSales: { merge: keepNewer },
            adminClients: { merge: keepNewer },
          },
        },
      },
    }),
    defaultOptions: { watchQuery: { notifyOnNetworkStatusChange: false } },
  });
}
