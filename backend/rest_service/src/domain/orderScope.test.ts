import { expect, test } from "bun:test";
import { orderScope } from "./orderScope.ts";

const token = { user_id: "7", expires_at: 4_000_000_000 };

test("each sees the orders of their own side, and only ADMIN sees all", () => {
  expect(orderScope({ ...token, role: "CLIENT" })).toEqual({ client_id: "7" });
  expect(orderScope({ ...token, role: "SELLER", seller_id: "3" })).toEqual({ seller_id: "3" });
  expect(orderScope({ ...token, role: "ADMIN" })).toEqual({});
});

test("a seller without a shop sees the orders of no shop", () => {
  expect(orderScope({ ...token, role: "SELLER" })).toEqual({ seller_id: "0" });
});
