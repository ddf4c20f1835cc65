import { afterEach, beforeEach, expect, test } from "bun:test";
import type { Principal } from "@espigon/event_contracts";
import { until } from "../../../tests/faults/support/until.ts";
import { SELLER_DASHBOARD } from "./documents.ts";
import { type Report, startReport } from "./startReport.ts";

let report: Report;
beforeEach(async () => {
  report = await startReport();
});
afterEach(() => report.close());

const expires_at = Math.floor(Date.now() / 1000) + 600;
const session = (session_id: string): Principal => ({
  user_id: "2",
  role: "SELLER",
  seller_id: "1",
  session_id,
  expires_at,
});
const ask = (session_id: string) => report.query(SELLER_DASHBOARD, { as: session(session_id) });

test("a session that has been ended reads nothing more, not even what is kept for others of its scope", async () => {
  await report.announce(1, "1");
  expect([(await ask("a")).status, (await ask("b")).status]).toEqual([200, 200]);
  await report.broker.append([
    {
      seq: 2,
      notifications: [
        {
          type: "ACCESS_REVOKED",
          user_id: "2",
          metadata: { reason: "logout", session_ids: ["a"], whole_account: false },
          seq: 2,
        },
      ],
    },
  ]);
  await until("the end of the session is known", async () => (await ask("a")).status === 401);
  report.rest.reads.length = 0;
  const refused = await ask("a");
  expect([refused.code, refused.data]).toEqual(["UNAUTHENTICATED", null]);
  expect((await ask("b")).status).toBe(200);
  expect(report.rest.reads).toHaveLength(0);
});
