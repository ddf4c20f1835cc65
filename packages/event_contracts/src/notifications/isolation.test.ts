import { describe, expect, test } from "bun:test";
import { z } from "zod";
import type { Principal } from "../claims.ts";
import { audiencesOf, audiencesOfPrincipal } from "./audience.ts";
import { FeedMessage, type FeedMessageType } from "./notification.ts";

/** Who hears what, as docs/protocol.md states it. `own` is the seller or client that the notification names. */
const HEARD_BY: Record<FeedMessageType, readonly PrincipalName[]> = {
  ADMIN_STATS_UPDATED: ["admin"],
  SELLER_STATS_UPDATED: ["own seller"],
  ORDER_UPDATED: ["own seller", "own client"],
  PRODUCT_CREATED: ["admin", "own seller"],
  PRODUCT_UPDATED: ["admin", "own seller"],
  PRODUCT_DELETED: ["admin", "own seller"],
  LOW_STOCK: ["own seller"],
  CLIENT_REGISTERED: ["admin"],
  NOTIFICATION_CREATED: ["own client"],
  ACCESS_REVOKED: [],
};

type PrincipalName = keyof typeof PRINCIPALS;
const expires_at = 2_000_000_000;
const PRINCIPALS = {
  admin: { user_id: "1", role: "ADMIN", expires_at },
  "own seller": { user_id: "2", role: "SELLER", seller_id: "123", expires_at },
  "other seller": { user_id: "3", role: "SELLER", seller_id: "7", expires_at },
  // Its user id is the other's seller id, and so on: ids of different kinds must not be mistaken for one another.
  "own client": { user_id: "7", role: "CLIENT", expires_at },
  "other client": { user_id: "123", role: "CLIENT", expires_at },
} as const satisfies Record<string, Principal>;

function sample(type: FeedMessageType): FeedMessage {
  const metadata = { order_id: 1, reason: "logout", session_ids: [], whole_account: true };
  return FeedMessage.parse({ type, seller_id: "123", client_id: "7", user_id: "7", metadata });
}

describe("audiencesOf", () => {
  for (const [type, hearers] of Object.entries(HEARD_BY) as [FeedMessageType, readonly PrincipalName[]][]) {
    test(`lets ${type} be heard by ${hearers.join(" and ") || "nobody"}, and by nobody else`, () => {
      const audiences = new Set<string>(audiencesOf(sample(type)));
      const heard = Object.entries(PRINCIPALS)
        .filter(([, principal]) => audiencesOfPrincipal(principal).some((audience) => audiences.has(audience)))
        .map(([name]) => name as PrincipalName);
      expect(heard.sort()).toEqual([...hearers].sort());
    });
  }

  test("covers every type of the contract", () => {
    const types = FeedMessage.options.flatMap(({ shape: { type } }) =>
      type instanceof z.ZodEnum ? type.options : [...type.values],
    );
    expect(types.sort()).toEqual(Object.keys(HEARD_BY).sort() as FeedMessageType[]);
  });
});

test("a SELLER token without a shop hears of no shop", () => {
  expect(audiencesOfPrincipal({ user_id: "9", role: "SELLER", expires_at })).toEqual(["user:9"]);
});
