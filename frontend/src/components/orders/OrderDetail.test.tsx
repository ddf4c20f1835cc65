import { afterEach, beforeAll, expect, test } from "bun:test";
import type { OrderStatus } from "@espigon/event_contracts";
import { cleanup, render } from "@testing-library/react";
import { createTestServices } from "../../../tests/createTestServices.ts";
import { inPage } from "../../../tests/inPage.tsx";
import { onPage } from "../../../tests/onPage.ts";
import { startI18n } from "../../i18n/i18n.ts";
import { NoticeProvider } from "../NoticeProvider.tsx";
import { OrderDetail } from "./OrderDetail.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

/** The page of an order, once it is there. */
async function show(status: OrderStatus, viewer: "SELLER" | "CLIENT"): Promise<void> {
  const order = {
    id: 1210,
    status,
    version: 1,
    seller_id: "1",
    seller_name: "Pesca Fresca Tarqui",
    client_id: "9",
    client_name: "Ana Delgado",
    items: [],
    totals: { subtotal: 0, tax: 0, total: 0 },
    history: [],
    room: { name: "order-1210", token: "a.b.c" },
  };
  const { services } = createTestServices(async () => Response.json(order));
  const page = (
    <NoticeProvider>
      <OrderDetail id={1210} viewer={viewer} back={null} />
    </NoticeProvider>
  );
  render(inPage(services, page));
  await onPage().findByText(viewer === "CLIENT" ? "Pesca Fresca Tarqui" : "Ana Delgado");
}

const hint = () => onPage().queryByText(/^Paga al puesto/);

test("a client is told how to go on with an order that is not paid, and nobody else is", async () => {
  await show("pending_payment", "CLIENT");
  expect(hint()).not.toBeNull();
  cleanup();
  await show("pending_payment", "SELLER");
  expect(hint()).toBeNull();
  cleanup();
  await show("payment_confirmed", "CLIENT");
  expect(hint()).toBeNull();
});
