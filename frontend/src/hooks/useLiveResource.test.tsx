import "../../tests/dom.ts";
import { afterEach, describe, expect, test } from "bun:test";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { useLiveResource } from "./useLiveResource.ts";
import { ServicesContext } from "./useServices.ts";

afterEach(cleanup);

function setUp(options: { strict?: boolean } = {}) {
  const services = createTestServices(() => Promise.reject(new Error("not in this test")));
  const waiting: ((value: string) => void)[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services.services}>{children}</ServicesContext>
  );
  const rendered = renderHook(
    ({ key }: { key: string }) =>
      useLiveResource(key, () => new Promise<string>((resolve) => waiting.push(resolve)), {
        concerns: ({ type }) => type === "ORDER_UPDATED",
      }),
    { wrapper, initialProps: { key: "orders" }, reactStrictMode: options.strict === true },
  );
  const hint = () =>
    act(() =>
      services.tell({
        kind: "notification",
        replayed: false,
        notification: { type: "ORDER_UPDATED", seller_id: "1", client_id: "7", metadata: {}, seq: 1 },
      }),
    );
  const answer = (value: string) => act(async () => waiting.at(-1)?.(value));
  return { ...rendered, hint, answer, requests: () => waiting.length };
}

describe("a live resource", () => {
  test("is read again when a hint arrived after its request began", async () => {
    const { result, hint, answer, requests } = setUp();
    hint();
    await answer("first");
    expect(result.current).toMatchObject({ data: "first", loading: false, asOf: null });
    await waitFor(() => expect(requests()).toBe(2));
    expect(result.current.refreshing).toBe(true);
    await answer("second");
    expect(result.current).toMatchObject({ data: "second", refreshing: false });
  });

  test("survives StrictMode's double mount with one request besides the aborted first", async () => {
    const { result, answer, requests } = setUp({ strict: true });
    expect(requests()).toBe(2);
    await answer("only");
    expect(result.current).toMatchObject({ data: "only", refreshing: false });
    expect(requests()).toBe(2);
  });

  test("does not show the answer of another key", async () => {
    const { result, rerender, answer } = setUp();
    await answer("all orders");
    rerender({ key: "shipped orders" });
    expect(result.current).toMatchObject({ data: undefined, loading: true });
    await answer("shipped");
    expect(result.current.data).toBe("shipped");
  });
});
