import { afterEach, expect, test } from "bun:test";
import { act, cleanup, renderHook } from "@testing-library/react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { inPage } from "../../tests/inPage.tsx";
import { useRoom } from "./useRoom.ts";

afterEach(cleanup);

test("a component is in its room while it is shown, and told each time that it is let in", () => {
  const { services, tell } = createTestServices(async () => Response.json({}));
  const said: string[] = [];
  const realtime = {
    ...services.realtime,
    joinRoom: (room: string) => said.push(`join ${room}`),
    leaveRoom: (room: string) => said.push(`leave ${room}`),
  };
  const { rerender, unmount } = renderHook(
    ({ name }) =>
      useRoom("catalog", () => {
        said.push(name);
      }),
    { initialProps: { name: "first" }, wrapper: ({ children }) => inPage({ ...services, realtime }, children) },
  );
  act(() => tell({ kind: "joined", room: "catalog" }));
  rerender({ name: "second" });
  act(() => tell({ kind: "joined", room: "order-9" }));
  act(() => tell({ kind: "joined", room: "catalog" }));
  unmount();
  tell({ kind: "joined", room: "catalog" });
  expect(said).toEqual(["join catalog", "first", "second", "leave catalog"]);
});
