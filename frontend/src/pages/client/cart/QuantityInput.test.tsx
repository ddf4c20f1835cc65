import { afterEach, beforeAll, expect, mock, test } from "bun:test";
import { cleanup, fireEvent, render } from "@testing-library/react";
import { createTestServices } from "../../../../tests/createTestServices.ts";
import { inPage } from "../../../../tests/inPage.tsx";
import { onPage } from "../../../../tests/onPage.ts";
import { NoticeContext } from "../../../components/notices.ts";
import { startI18n } from "../../../i18n/i18n.ts";
import type { CartLine } from "./Cart.ts";
import { QuantityInput } from "./QuantityInput.tsx";
import { useCart } from "./useCart.ts";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

const LINE: CartLine = {
  product: { id: "7", seller_id: "1", name: "Cherna", unit: "libra", price: 460, iva_bp: 0, stock: 60 },
  quantity: 1,
};

function Cart() {
  return useCart().lines.map((line) => <output key={line.product.id}>{line.quantity}</output>);
}

test("more than there is becomes what there is, and is said", () => {
  const said = mock((_text: string) => {});
  const { services } = createTestServices(async () => Response.json({}));
  const page = (
    <NoticeContext value={said}>
      <QuantityInput line={LINE} />
      <Cart />
    </NoticeContext>
  );
  render(inPage(services, page));
  const type = (value: string) =>
    fireEvent.change(onPage().getByLabelText("Cantidad de Cherna"), { target: { value } });

  type("59");
  expect([onPage().getByRole("status").textContent, said.mock.calls]).toEqual(["59", []]);
  type("599");
  expect([onPage().getByRole("status").textContent, said.mock.calls]).toEqual(["60", [["Cherna: hay 60"]]]);
});
