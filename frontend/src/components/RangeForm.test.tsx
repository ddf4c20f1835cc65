import { afterEach, beforeAll, expect, mock, test } from "bun:test";
import { cleanup, fireEvent, render } from "@testing-library/react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { inPage } from "../../tests/inPage.tsx";
import { onPage } from "../../tests/onPage.ts";
import { startI18n } from "../i18n/i18n.ts";
import { RangeForm } from "./RangeForm.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

test("a range that the server would refuse is not asked for, and the form says how long one may be", () => {
  const onApply = mock(() => {});
  const { services } = createTestServices(async () => Response.json({}));
  render(inPage(services, <RangeForm initial={{ from: "2025-01-01", to: "2026-01-02" }} onApply={onApply} />));
  fireEvent.submit(onPage().getByRole("button").closest("form"));
  expect(onPage().getByRole("alert").textContent).toBe("Elige como mucho 366 días.");
  expect(onApply).not.toHaveBeenCalled();
  fireEvent.change(onPage().getByDisplayValue("2026-01-02"), { target: { value: "2026-01-01" } });
  fireEvent.submit(onPage().getByRole("button").closest("form"));
  expect(onPage().queryByRole("alert")).toBeNull();
  expect(onApply).toHaveBeenCalledTimes(1);
});
