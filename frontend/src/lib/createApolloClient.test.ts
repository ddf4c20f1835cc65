import { gql } from "@apollo/client";
import { expect, test } from "bun:test";
import { createApolloClient } from "./createApolloClient.ts";
import type { FetchLike } from "./sendRequest.ts";

const failureOf = (fetch: FetchLike) =>
  createApolloClient({ graphqlUrl: "http://report.test/graphql", fetch, session: { getToken: async () => "a.b.c" } })
    .query({
      query: gql`
        query {
          adminSales {
            asOf
          }
        }
      `,
    })
    .catch((error: unknown) => error);

test("no answer is told by the same codes as over REST", async () => {
  expect(await failureOf(() => Promise.reject(new TypeError("Failed to fetch")))).toMatchObject({ code: "NETWORK" });
  expect(await failureOf(() => Promise.reject(new DOMException("late", "TimeoutError")))).toMatchObject({
    code: "TIMEOUT",
  });
});
