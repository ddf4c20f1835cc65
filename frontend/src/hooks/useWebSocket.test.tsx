import "../../tests/dom.ts";
import { afterEach, describe, expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { ServicesContext } from "./useServices.ts";
import { useWebSocket } from "./useWebSocket.ts";

afterEach(cleanup);

const HINT: Notification = { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq: 4 };

function setUp(token: string | null) {
  const { services, tell, connection } = createTestServices(() => Promise.reject(new Error("not in this test")));
  const heard: Notification[] = [];
  const calls: string[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  );
  const rendered = renderHook(
    () =>
      useWebSocket({
        token,
        onStatsUpdate: (event) => heard.push(event),
        onConnect: () => calls.push("connect"),
        onDisconnect: () => calls.push("disconnect"),
      }),
    { wrapper },
  );
  const hint = () => act(() => tell({ kind: "notification", notification: HINT, replayed: false }));
  return { ...rendered, heard, calls, hint, connection };
}

describe("useWebSocket", () => {
  test("hands hints on while somebody is logged in, until it is unmounted", () => {
    const { heard, hint, unmount } = setUp("a.b.c");
    hint();
    expect(heard).toEqual([HINT]);
    unmount();
    hint();
    expect(heard).toHaveLength(1);
  });

  test("hears nothing without a token", () => {
    const { result, heard, calls, hint } = setUp(null);
    hint();
    expect(heard).toEqual([]);
    expect(calls).toEqual([]);
    expect(result.current.isConnected).toBe(false);
  });

  test("tells when the connection comes and goes", () => {
    const { result, calls, connection } = setUp("a.b.c");
    expect(result.current.isConnected).toBe(true);
    act(() => connection({ status: "reconnecting", attempt: 1, since: 0, heardAt: 0, retryAt: null }));
    expect(result.current.isConnected).toBe(false);
    act(() => connection({ status: "live", since: 1 }));
    expect(calls).toEqual(["connect", "disconnect", "connect"]);
  });
});
