import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { HEARD_BY, PRINCIPALS, type PrincipalName, sampleOf } from "../testing.ts";
import { audiencesOf, audiencesOfPrincipal, staleKeyOf } from "./audience.ts";
import { FeedMessage, type FeedMessageType } from "./notification.ts";

describe("audiencesOf", () => {
  for (const [type, hearers] of Object.entries(HEARD_BY) as [FeedMessageType, readonly PrincipalName[]][]) {
    test(`lets ${type} be heard by ${hearers.join(" and ") || "nobody"}, and by nobody else`, () => {
      const audiences = new Set<string>(audiencesOf(sampleOf(type)));
      const heard = Object.entries(PRINCIPALS)
        .filter(([, principal]) => audiencesOfPrincipal(principal).some((audience) => audiences.has(audience)))
        .map(([name]) => name as PrincipalName);
      expect(heard.sort()).toEqual([...hearers].sort());
    });
  }

  test("has a row in the table for every type of the contract", () => {
    const types = FeedMessage.options.flatMap(({ shape: { type } }) =>
      type instanceof z.ZodEnum ? type.options : [...type.values],
    );
    expect(types.sort()).toEqual(Object.keys(HEARD_BY).sort() as FeedMessageType[]);
  });
});

test("a SELLER token without a shop hears of no shop", () => {
  expect(audiencesOfPrincipal({ user_id: "9", role: "SELLER", expires_at: 4_000_000_000 })).toEqual(["user:9"]);
});

test("a notice to a user reaches them in whatever role", () => {
  const notice = FeedMessage.parse({ type: "NOTIFICATION_CREATED", user_id: "2" });
  expect(audiencesOfPrincipal(PRINCIPALS["own seller"])).toEqual(expect.arrayContaining([...audiencesOf(notice)]));
});

test("hints of different things are never merged into one", () => {
  const things = ["ORDER_UPDATED", "PRODUCT_UPDATED", "LOW_STOCK"] as const;
  const hints = things.flatMap((type) =>
    ["1", "2"].map((id) => ({ type, seller_id: "1", client_id: "7", metadata: { order_id: id, product_id: id } })),
  );
  const others = ["ADMIN_STATS_UPDATED", "CLIENT_REGISTERED"] as const;
  const keys = [...hints, ...others.map((type) => ({ type, metadata: {} }))].map(staleKeyOf);
  expect(new Set(keys).size).toBe(keys.length);
});
