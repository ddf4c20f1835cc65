import "../../tests/dom.ts";
import { afterEach, describe, expect, test } from "bun:test";
import { FLOOR_HEADER } from "@espigon/event_contracts";
import type { RealtimeEvent } from "@espigon/realtime_client";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { GET_SELLER_BEST_PRODUCTS } from "../graphql/generated/documents.ts";
import { useLiveQuery } from "./useLiveQuery.ts";
import { ServicesContext } from "./useServices.ts";

afterEach(cleanup);

function setUp() {
  let head = 5;
  let answerOf = (floor: number) => Math.max(head, floor);
  let failing: { status: number; body: object } | null = null;
  let failuresLeft = 0;
  const floors: number[] = [];
  const tokens: (string | null)[] = [];
  const test = createTestServices(async (_url, init) => {
    const headers = new Headers(init.headers);
    floors.push(Number(headers.get(FLOOR_HEADER)));
    tokens.push(headers.get("authorization"));
    if (failing && failuresLeft-- > 0) return Response.json(failing.body, { status: failing.status });
    const asOf = answerOf(floors.at(-1) ?? 0);
    const product = {
      __typename: "BestProduct",
      productId: "3",
      name: `At ${asOf}`,
      unit: "libra",
      units: 1,
      netSales: "5",
    };
    const sellerBestProducts = { __typename: "BestProducts", products: [product], asOf: String(asOf) };
    return Response.json({ data: { sellerBestProducts } });
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={test.services}>{children}</ServicesContext>
  );
  const renders: (number | null)[] = [];
  const { result, rerender } = renderHook(
    ({ limit }: { limit: number }) => {
      const live = useLiveQuery(GET_SELLER_BEST_PRODUCTS, {
        variables: { limit },
        concerns: ({ type }) => type === "SELLER_STATS_UPDATED",
      });
      renders.push(live.asOf);
      return live;
    },
    { wrapper, initialProps: { limit: 10 } },
  );
  return {
    ...test,
    result,
    rerender,
    renders,
    floors,
    tokens,
    happen: (type: "SELLER_STATS_UPDATED" | "ORDER_UPDATED") => {
      head += 1;
      const notification = { type, seller_id: "1", client_id: "7", metadata: {}, seq: head };
      const event: RealtimeEvent = { kind: "notification", notification, replayed: false };
      act(() => test.tell(event));
      return head;
    },
    restart: (next: number) => {
      head = next;
    },
    answer: (next: typeof answerOf) => {
      answerOf = next;
    },
    fail: (next: typeof failing, times = Number.POSITIVE_INFINITY) => {
      failing = next;
      failuresLeft = times;
    },
  };
}

describe("a live query", () => {
  test("is loading until its first answer, as the session's user", async () => {
    const { result, tokens } = setUp();
    expect(result.current).toMatchObject({ data: undefined, loading: true, refreshing: false, asOf: null });
    await waitFor(() => expect(result.current.asOf).toBe(5));
    expect(result.current).toMatchObject({ loading: false, refreshing: false, error: undefined });
    expect(tokens).toEqual(["Bearer a.b.c"]);
  });

  test("follows a hint that concerns it, asking for at least its seq, and keeps its data meanwhile", async () => {
    const { result, floors, happen } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    const seq = happen("SELLER_STATS_UPDATED");
    await waitFor(() => expect(result.current.asOf).toBe(seq));
    expect(floors.at(-1)).toBe(seq);
    expect(result.current.data?.sellerBestProducts.products[0]?.name).toBe(`At ${seq}`);
  });

  test("does not read for a hint that does not concern it", async () => {
    const { result, floors, happen } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    happen("ORDER_UPDATED");
    const seq = happen("SELLER_STATS_UPDATED");
    await waitFor(() => expect(result.current.asOf).toBe(seq));
    expect(floors).toEqual([0, seq]);
  });

  test("never shows an older answer over a newer one", async () => {
    const { result, renders, answer } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    answer(() => 3);
    act(() => result.current.refetch());
    await waitFor(() => expect(result.current.refreshing).toBe(false));
    expect(result.current.asOf).toBe(5);
    expect(renders.filter((asOf) => asOf === 3)).toEqual([]);
  });

  test("shows a failure next to the data it has", async () => {
    const { result, fail } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    fail({ status: 200, body: { errors: [{ message: "no", extensions: { code: "FORBIDDEN" } }] } });
    act(() => result.current.refetch());
    await waitFor(() => expect(result.current.error).toBeDefined());
    expect(result.current).toMatchObject({ asOf: 5, loading: false });
  });

  test("asks for a new token once when the server refuses the old one", async () => {
    const { result, fail, tokens } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    fail({ status: 401, body: { errors: [{ message: "old", extensions: { code: "TOKEN_EXPIRED" } }] } }, 2);
    act(() => result.current.refetch());
    // The first answer; the refused one, once more with a new token; then the next try.
    const [kept, renewed] = ["Bearer a.b.c", "Bearer d.e.f"];
    await waitFor(() => expect(tokens).toEqual([kept, kept, renewed, kept]));
    await waitFor(() => expect(result.current.error).toBeUndefined());
  });

  test("goes on by itself when the new token is refused too: a server may doubt those of the same second", async () => {
    const { result, fail, tokens } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    fail({ status: 401, body: { errors: [{ message: "old", extensions: { code: "TOKEN_EXPIRED" } }] } });
    act(() => result.current.refetch());
    await waitFor(() => expect(result.current.error).toBeDefined());
    fail(null);
    await waitFor(() => expect(result.current.error).toBeUndefined(), { timeout: 10_000 });
    expect(tokens.length).toBeGreaterThan(3);
  });

  test("follows a server whose numbers have started anew", async () => {
    const { result, tell, restart, happen } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    restart(2);
    act(() => tell({ kind: "resync", reason: "unknown_seq", seq: 2 }));
    await waitFor(() => expect(result.current.asOf).toBe(2), { timeout: 10_000 });
    const seq = happen("SELLER_STATS_UPDATED");
    await waitFor(() => expect(result.current.asOf).toBe(seq));
  });

  test("shows another user's figures, and no more those of the last one, when the session has become another", async () => {
    const { result, signedIn, answer } = setUp();
    const user = { id: "7", name: "Rosa", role: "SELLER", seller_id: "1" } as const;
    act(() => signedIn({ status: "signed_in", user }));
    await waitFor(() => expect(result.current.asOf).toBe(5));
    answer(() => 3);
    act(() => signedIn({ status: "signed_in", user: { ...user, id: "8", seller_id: "2" } }));
    await waitFor(() => expect(result.current.asOf).toBe(3), { timeout: 5_000 });
  });

  test("starts anew with other variables", async () => {
    const { result, rerender } = setUp();
    await waitFor(() => expect(result.current.asOf).toBe(5));
    rerender({ limit: 3 });
    expect(result.current).toMatchObject({ data: undefined, loading: true });
    await waitFor(() => expect(result.current.asOf).toBe(5));
  });
});
