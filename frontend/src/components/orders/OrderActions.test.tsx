import { afterEach, beforeAll, describe, expect, mock, test } from "bun:test";
import { cleanup, fireEvent, render, waitFor, within } from "@testing-library/react";
import { createTestServices } from "../../../tests/createTestServices.ts";
import { inPage } from "../../../tests/inPage.tsx";
import { onPage } from "../../../tests/onPage.ts";
import { startI18n } from "../../i18n/i18n.ts";
import type { Order } from "../../lib/resources.ts";
import { NoticeProvider } from "../NoticeProvider.tsx";
import { OrderActions } from "./OrderActions.tsx";

beforeAll(() => startI18n("es"));
afterEach(cleanup);

const ORDER: Order = {
  id: 1210,
  status: "payment_submitted",
  version: 4,
  seller_id: "1",
  client_id: "9",
  client_name: "Ana Delgado",
  items: [],
  totals: { subtotal: 11_060, tax: 0, total: 11_060 },
  history: [],
  room: { name: "order-1210", token: "a.b.c" },
};

type Sent = { readonly path: string; readonly body: unknown };

/** An order's buttons before a server that answers as told. */
function show(answer: () => Response, order: Order = ORDER) {
  const sent: Sent[] = [];
  const onChanged = mock(() => {});
  const { services } = createTestServices(async (url, init) => {
    sent.push({
      path: new URL(url, "http://espigon.test").pathname,
      body: JSON.parse(typeof init.body === "string" ? init.body : "null"),
    });
    return answer();
  });
  const page = (
    <NoticeProvider>
      <OrderActions order={order} viewer="SELLER" onChanged={onChanged} />
    </NoticeProvider>
  );
  render(inPage(services, page));
  return { sent, onChanged };
}

const press = (name: RegExp | string) => fireEvent.click(onPage().getByRole("button", { name }));
const dialog = () => within(onPage().getByRole("dialog"));

describe("approving a payment", () => {
  test("repeats order, client and amount before anything is sent", () => {
    const { sent } = show(() => Response.json(ORDER));
    press(/^Aprobar pago/);
    const text = onPage().getByRole("dialog").textContent ?? "";
    expect(text).toContain("1210");
    expect(text).toContain("Ana Delgado");
    expect(text).toContain("$110,60");
    expect(sent).toEqual([]);
  });

  test("sends the version that was seen, tells the outcome, and reads the order again", async () => {
    const { sent, onChanged } = show(() => Response.json({ ...ORDER, status: "payment_confirmed", version: 5 }));
    press(/^Aprobar pago/);
    fireEvent.click(dialog().getByText("Aprobar pago"));
    await waitFor(() => expect(onChanged).toHaveBeenCalledTimes(1));
    expect(sent).toEqual([{ path: "/api/orders/1210/verify-payment", body: { approved: true, expected_version: 4 } }]);
    expect(onPage().queryByRole("dialog")).toBeNull();
    expect(onPage().getByText("Pago aprobado: pedido 1210.")).toBeDefined();
  });

  test("after a conflict says what to do, and reads the order again", async () => {
    const problem = { type: "about:blank", title: "Conflict", status: 409, code: "VERSION_CONFLICT" };
    const { onChanged } = show(() => Response.json(problem, { status: 409 }));
    press(/^Aprobar pago/);
    fireEvent.click(dialog().getByText("Aprobar pago"));
    await waitFor(() => expect(dialog().getByRole("alert").textContent).toContain("Alguien cambió el pedido"));
    expect(onChanged).toHaveBeenCalledTimes(1);
  });

  test("that is thought better of sends nothing", () => {
    const { sent } = show(() => Response.json(ORDER));
    press(/^Aprobar pago/);
    fireEvent.click(dialog().getByText("No, dejarlo como está"));
    expect(onPage().queryByRole("dialog")).toBeNull();
    expect(sent).toEqual([]);
  });
});

test("a rejection is not sent without its reason", async () => {
  const { sent } = show(() => Response.json({ ...ORDER, status: "payment_rejected", version: 5 }));
  press(/^Rechazar/);
  fireEvent.click(dialog().getByText("Rechazar"));
  expect(dialog().getByText("Escribe el motivo.")).toBeDefined();
  expect(sent).toEqual([]);
  fireEvent.input(dialog().getByRole("textbox"), { target: { value: " Ilegible " } });
  fireEvent.click(dialog().getByText("Rechazar"));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ approved: false, expected_version: 4, reason: "Ilegible" });
});

test("a step without risk is taken at once", async () => {
  const { sent } = show(() => Response.json(ORDER), { ...ORDER, status: "payment_confirmed" });
  press(/^Preparar/);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({ path: "/api/orders/1210/status", body: { status: "preparing", expected_version: 4 } });
});
