import { afterEach, expect, test } from "bun:test";
import "../../tests/dom.ts";
import { cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { useRef } from "react";
import { onPage } from "../../tests/onPage.ts";
import { useFocusRescue } from "./useFocusRescue.ts";

afterEach(cleanup);

function Page({ rows }: { readonly rows: readonly string[] }) {
  const main = useRef<HTMLElement>(null);
  useFocusRescue(main);
  return (
    <main ref={main}>
      <h1 tabIndex={-1}>Pedidos</h1>
      {rows.map((row) => (
        <button key={row} type="button">
          {row}
        </button>
      ))}
    </main>
  );
}

test("the focus of a row that goes away moves to the heading", async () => {
  const { rerender } = render(<Page rows={["a", "b"]} />);
  onPage().getByText("a").focus();
  rerender(<Page rows={["b"]} />);
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
});

test("the focus stays where it is while its row does", async () => {
  const { rerender } = render(<Page rows={["a", "b"]} />);
  onPage().getByText("b").focus();
  rerender(<Page rows={["b", "c"]} />);
  await Bun.sleep(0);
  expect(document.activeElement?.textContent).toBe("b");
});

test("nobody who has clicked elsewhere is given a focus", async () => {
  const { rerender } = render(<Page rows={["a", "b"]} />);
  onPage().getByText("a").focus();
  fireEvent.pointerDown(document.body);
  onPage().getByText("a").blur();
  rerender(<Page rows={["b"]} />);
  await Bun.sleep(0);
  expect(document.activeElement).toBe(document.body);
});
