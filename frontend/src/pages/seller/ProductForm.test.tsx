import { afterEach, beforeAll, expect, mock, test } from "bun:test";
import { cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { createTestServices } from "../../../tests/createTestServices.ts";
import { inPage } from "../../../tests/inPage.tsx";
import { onPage } from "../../../tests/onPage.ts";
import { startI18n } from "../../i18n/i18n.ts";
import { EMPTY_DRAFT, type ProductBody } from "./productDraft.ts";
import { ProductForm } from "./ProductForm.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

const OPENED = { ...EMPTY_DRAFT, name: "Dorado", category: "Pescado", price: "4,60", stock: "12" };

function show(onSave: (changes: Partial<ProductBody>) => Promise<void>) {
  const { services } = createTestServices(async () => Response.json({}));
  // A new draft at each rendering, as the page gives one.
  const page = () => inPage(services, <ProductForm initial={{ ...OPENED }} onSave={onSave} />);
  const { rerender } = render(page());
  return () => rerender(page());
}

const price = (): HTMLInputElement => onPage().getByLabelText("Precio sin IVA (dólares)");
const save = () => fireEvent.click(onPage().getByRole("button", { name: "Guardar" }));

test("what is no price is said at the price, which takes the focus", () => {
  const onSave = mock(async () => {});
  show(onSave);
  fireEvent.change(price(), { target: { value: "caro" } });
  save();
  expect(document.activeElement).toBe(price());
  expect(price().getAttribute("aria-invalid")).toBe("true");
  expect(onSave).not.toHaveBeenCalled();
});

test("what was changed since the form was opened is sent once, and a refusal is told below", async () => {
  const onSave = mock((_changes: Partial<ProductBody>) => Promise.reject<void>(new Error("no")));
  const again = show(onSave);
  fireEvent.change(price(), { target: { value: "3,60" } });
  again();
  save();
  save();
  await waitFor(() => expect(onPage().getByRole("alert")).toBeDefined());
  expect(onSave.mock.calls).toEqual([[{ price: 360 }]]);
  expect(price().value).toBe("3,60");
});
