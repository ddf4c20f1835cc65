import { describe, expect, test } from "bun:test";
import { findTransition, OrderStatus } from "@espigon/event_contracts";
import type { z } from "zod";
import { ApiError } from "./ApiError.ts";
import type { Account } from "./createAccount.ts";
import { nextStep } from "./marketplace.ts";
import { parseSimulation } from "./parseSimulation.ts";
import { simulate } from "./simulate.ts";

type Call = { readonly email: string; readonly method: string; readonly path: string };

/** A marketplace with one product that takes everything, or refuses every order. */
function createMarketplace(refuse = false) {
  const calls: Call[] = [];
  const account = (email: string): Account => ({
    email,
    async call<Schema extends z.ZodType>(schema: Schema, method: string, path: string) {
      calls.push({ email, method, path });
      if (refuse && method === "POST") throw new ApiError(409, "OUT_OF_STOCK");
      const order = { id: calls.length, seller_id: "1", status: "pending_payment", totals: { total: 500 } };
      const product = { id: "9", seller_id: "1", name: "Dorado", unit: "libra", stock: 50 };
      return schema.parse(path.startsWith("/api/products") ? { products: [product] } : { orders: [order] });
    },
  });
  let clock = 0;
  const lines: string[] = [];
  const deps = {
    clients: [account("client")],
    sellers: new Map([["1", account("seller")]]),
    say: (line: string) => void lines.push(line),
    random: () => (clock % 400 === 0 ? 0.1 : 0.9),
    sleep: async (milliseconds: number) => void (clock += milliseconds),
    now: () => clock,
    stopped: () => false,
  };
  return { deps, calls, lines };
}

describe("the simulation", () => {
  test("takes as many steps as rate and minutes say, placing and moving orders", async () => {
    const { deps, calls } = createMarketplace();
    expect(await simulate(deps, 5, 1)).toBe(300);
    expect(calls.some((call) => call.email === "client" && call.path === "/api/orders")).toBe(true);
    expect(calls.some((call) => call.email === "seller" && call.path.endsWith("/verify-payment"))).toBe(true);
  });

  test("tells refusals and goes on", async () => {
    const { deps, lines } = createMarketplace(true);
    expect(await simulate(deps, 5, 0.1)).toBe(0);
    expect(lines).toContain("refused: 409 OUT_OF_STOCK");
  });

  test("moves orders along the state machine, as the seller may", () => {
    for (const status of OrderStatus.options) {
      for (const ships of [true, false]) {
        const step = nextStep(status, ships);
        if (step === undefined) continue;
        expect(findTransition(status, OrderStatus.parse(step.to))?.actors).toContain("SELLER");
      }
    }
  });

  test.each(["--rate 0", "--rate 51", "--rate", "--minutes x", "--minutes 121", "--api nowhere", "--what", "surplus"])(
    "is not started by %s",
    (line) => {
      expect(() => parseSimulation(line.split(" "))).toThrow();
    },
  );
});
