import { expect, test } from "bun:test";
import { SELLER_1 } from "../testing/harness.ts";
import { isSamePrincipal } from "./tokenExpiry.ts";

test("a new token takes the place of the old one only for the same user, role and shop", () => {
  const held = { ...SELLER_1, expires_at: 1 };
  expect(isSamePrincipal(held, { ...held, session_id: "next", expires_at: 2 })).toBe(true);
  for (const other of [{ user_id: "12" }, { role: "ADMIN" }, { seller_id: "2" }] as const) {
    expect(isSamePrincipal(held, { ...held, ...other })).toBe(false);
  }
});
