import { afterEach, beforeAll, describe, expect, mock, test } from "bun:test";
import { cleanup, fireEvent, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { inPage } from "../../tests/inPage.tsx";
import { onPage } from "../../tests/onPage.ts";
import { startI18n } from "../i18n/i18n.ts";
import { ApiError } from "../lib/ApiError.ts";
import { LiveContent } from "./LiveContent.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

type Read = Parameters<typeof LiveContent<string>>[0]["read"];

function show(read: Partial<Read>): {
  readonly refetch: ReturnType<typeof mock>;
  readonly again: (next: Partial<Read>) => void;
} {
  const refetch = mock(() => {});
  const { services } = createTestServices(async () => Response.json({}));
  const content = (given: Partial<Read>): ReactNode =>
    inPage(
      services,
      <LiveContent read={{ data: undefined, error: undefined, refetch, ...given }}>
        {(data) => <p data-testid="data">{data}</p>}
      </LiveContent>,
    );
  const { rerender } = render(content(read));
  return { refetch, again: (next) => rerender(content(next)) };
}

const failure = new ApiError({ status: 503, code: "UNAVAILABLE", title: "", request_id: "r-9" });

describe("a widget", () => {
  test("stands in with a skeleton only until there is something to show", () => {
    const { again } = show({});
    expect(onPage().getByRole("status").textContent).toBe("Cargando…");
    again({ data: "399" });
    expect(onPage().queryByRole("status")).toBeNull();
    expect(onPage().getByTestId("data").textContent).toBe("399");
  });

  test("says what failed, with the request's code and a way to try again, when there is nothing to show", () => {
    const { refetch } = show({ error: failure });
    const alert = onPage().getByRole("alert");
    expect(alert.textContent).toContain("El servicio no responde por ahora");
    expect(alert.textContent).toContain("r-9");
    fireEvent.click(onPage().getByRole("button", { name: "Reintentar" }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  test("keeps its data when a later read fails, dimmed, and says so", () => {
    show({ data: "399", error: failure });
    expect(onPage().getByTestId("data").closest("[data-stale]")?.getAttribute("data-stale")).toBe("true");
    expect(onPage().getByRole("alert").textContent).toContain("El servicio no responde por ahora");
  });

  test("is not dimmed while its data is fresh", () => {
    show({ data: "399" });
    expect(onPage().getByTestId("data").closest("[data-stale]")?.getAttribute("data-stale")).toBe("false");
    expect(onPage().queryByRole("alert")).toBeNull();
  });
});
