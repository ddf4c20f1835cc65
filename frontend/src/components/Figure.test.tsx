import { afterEach, beforeAll, beforeEach, expect, mock, test } from "bun:test";
import { act, cleanup, render } from "@testing-library/react";
import { changeLanguage, startI18n } from "../i18n/i18n.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Figure } from "./Figure.tsx";

beforeAll(() => startI18n("es"));
afterEach(async () => {
  cleanup();
  await changeLanguage("es");
});

let tint: ReturnType<typeof mock>;
beforeEach(() => {
  tint = mock(() => {});
  HTMLElement.prototype.animate = tint as never;
});

function NetSales({ cents }: { readonly cents: string }) {
  const format = useFormat();
  return <Figure label="Ventas netas" value={format.money(cents)} />;
}

test("a number that changed is tinted, one that has just appeared or stayed is not", () => {
  const { rerender } = render(<NetSales cents="150" />);
  rerender(<NetSales cents="150" />);
  expect(tint).toHaveBeenCalledTimes(0);
  rerender(<NetSales cents="250" />);
  expect(tint).toHaveBeenCalledTimes(1);
});

test("a number that another language writes in another way has not changed", async () => {
  const { rerender, container } = render(<NetSales cents="150" />);
  await act(() => changeLanguage("en"));
  expect(container.textContent).toContain("$1.50");
  expect(tint).toHaveBeenCalledTimes(0);
  rerender(<NetSales cents="250" />);
  expect(tint).toHaveBeenCalledTimes(1);
});
