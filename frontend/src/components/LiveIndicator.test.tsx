import { afterEach, beforeAll, describe, expect, mock, test } from "bun:test";
import { act, cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { inPage } from "../../tests/inPage.tsx";
import { onPage } from "../../tests/onPage.ts";
import { startI18n } from "../i18n/i18n.ts";
import type { LiveStatus } from "../lib/LiveStatus.ts";
import { LiveIndicator } from "./LiveIndicator.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

/** The indicator, and how to change what it shows. */
function show(initial: LiveStatus): (next: LiveStatus) => void {
  let status = initial;
  const listeners = new Set<() => void>();
  const { services } = createTestServices(async () => Response.json({}));
  const liveStatus = {
    ...services.liveStatus,
    current: () => status,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  render(inPage({ ...services, liveStatus }, <LiveIndicator />));
  return (next) =>
    act(() => {
      status = next;
      for (const listener of listeners) listener();
    });
}

const button = () => onPage().getByRole("button", { name: /^Estado de los datos/ });
const said = () => onPage().getByRole("status").textContent;

describe("the live indicator", () => {
  test.each<[LiveStatus, string]>([
    [{ kind: "live", lastUpdate: Date.now() }, "En vivo"],
    [{ kind: "connecting" }, "Conectando"],
    [{ kind: "reconnecting", attempt: 1 }, "Reconectando"],
    [{ kind: "reconnecting", attempt: 3 }, "Reconectando (3)"],
    [{ kind: "offline", since: 0, retryInMs: 29_400, retry: () => {} }, "Sin conexión, reintento en 30 s"],
    [{ kind: "offline", since: 0, retryInMs: 0, retry: () => {} }, "Sin conexión"],
    [{ kind: "ended" }, "Sesión terminada"],
  ])("tells %p in words, not by colour alone", (status, words) => {
    show(status);
    expect(button().textContent).toBe(words);
    expect(button().querySelector("svg")).not.toBeNull();
  });

  test("tells how old stale data is", () => {
    show({ kind: "stale", since: Date.now() - 3 * 60_000 - 10_000 });
    expect(button().textContent?.replaceAll(/\s/g, " ")).toBe("Datos de hace 3 min");
  });

  test("says nothing aloud when the page opens, and each change after that", async () => {
    const change = show({ kind: "connecting" });
    expect(said()).toBe("");
    change({ kind: "live", lastUpdate: Date.now() });
    await waitFor(() => expect(said()).toBe("En vivo"));
  });

  test("does not say a countdown aloud", async () => {
    const offline = (retryInMs: number): LiveStatus => ({ kind: "offline", since: 0, retryInMs, retry: () => {} });
    const change = show({ kind: "connecting" });
    change(offline(30_000));
    await waitFor(() => expect(said()).toBe("Sin conexión"));
    change(offline(29_000));
    expect(button().textContent).toBe("Sin conexión, reintento en 29 s");
    expect(said()).toBe("Sin conexión");
  });

  test("offers to try again at once while there is no network", () => {
    const retry = mock(() => {});
    show({ kind: "offline", since: 0, retryInMs: 30_000, retry });
    fireEvent.click(onPage().getByText("Reintentar ahora"));
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
