import { expect, test } from "bun:test";
import type { Principal } from "@espigon/event_contracts";
import type { VersionedCache } from "../cache/VersionedCache.ts";
import { loadReport } from "./loadReport.ts";
import type { ReportContext } from "./ReportContext.ts";

test("readers are told apart by user and session, for when nobody tells whose access has ended", async () => {
  const readers: string[] = [];
  const cache: VersionedCache = {
    async get(demand) {
      readers.push(demand.reader);
      return { kind: "fresh", source: "read", ...(await demand.read()) };
    },
  };
  for (const [user_id, session_id] of [
    ["1", "a"],
    ["1", "b"],
    ["2", "a"],
    ["1", "a"],
  ] as const) {
    const principal: Principal = { user_id, session_id, role: "ADMIN", expires_at: 4_000_000_000 };
    const context = { cache, floor: 0, verdict: { kind: "valid", principal } } as unknown as ReportContext;
    const read = async () => ({ asOf: 1, value: {} });
    await loadReport(context, { operation: "adminSales", scope: "admin", audience: "admin", variables: [], read });
  }
  expect(new Set(readers).size).toBe(3);
  expect(readers[3]).toBe(readers[0]);
});
