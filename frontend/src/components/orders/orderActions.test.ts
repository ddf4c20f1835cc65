import { ORDER_TRANSITIONS, OrderStatus, Role } from "@espigon/event_contracts";
import { describe, expect, test } from "bun:test";
import { actionsFor, needsConfirmation, needsReason } from "./orderActions.ts";

describe("a seller", () => {
  test("approves or rejects a submitted payment", () => {
    expect(actionsFor("payment_submitted", "SELLER")).toEqual(["approve", "reject"]);
  });

  test("approves a cash order without a proof, or cancels it", () => {
    expect(actionsFor("pending_payment", "SELLER")).toEqual(["approve", "cancel"]);
  });

  test("takes a paid order to its client step by step", () => {
    expect(actionsFor("payment_confirmed", "SELLER")).toEqual(["prepare", "cancel"]);
    expect(actionsFor("preparing", "SELLER")).toEqual(["ship", "ready", "cancel"]);
    expect(actionsFor("shipped", "SELLER")).toEqual(["deliver"]);
    expect(actionsFor("ready_for_pickup", "SELLER")).toEqual(["deliver"]);
  });
});

test("a client may cancel only what is not paid, and says that an order has come", () => {
  expect(actionsFor("pending_payment", "CLIENT")).toEqual(["cancel"]);
  expect(actionsFor("payment_confirmed", "CLIENT")).toEqual([]);
  expect(actionsFor("shipped", "CLIENT")).toEqual(["receive"]);
});

test("nobody is offered anything on a finished order", () => {
  for (const role of Role.options) {
    for (const status of ["delivered", "cancelled", "expired"] as const) expect(actionsFor(status, role)).toEqual([]);
  }
});

test("every step of the table that a person takes by a button has one", () => {
  for (const status of OrderStatus.options) {
    for (const role of Role.options) {
      const steps = ORDER_TRANSITIONS.filter(
        ({ from, needs, actors }) => from === status && needs === undefined && actors.includes(role),
      );
      expect(actionsFor(status, role)).toHaveLength(steps.length);
    }
  }
});

test("whatever needs a reason is confirmed, since the reason is asked for there", () => {
  for (const status of OrderStatus.options) {
    for (const action of actionsFor(status, "SELLER")) {
      if (needsReason(action)) expect(needsConfirmation(action)).toBe(true);
    }
  }
});
