import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { until } from "../../../tests/faults/support/until.ts";
import { ADMIN_CLIENTS, ADMIN_DASHBOARD, ADMIN_SALES, BEST_PRODUCTS, SELLER_DASHBOARD } from "./documents.ts";
import { type Report, startReport, tokenOf, type Viewer } from "./startReport.ts";

let now = new Date("2026-11-24T12:00:00Z");
let report: Report;
beforeAll(async () => {
  report = await startReport({}, { clock: () => now });
});
afterAll(() => report.close());
beforeEach(() => {
  now = new Date("2026-11-24T12:00:00Z");
  report.rest.mood = "answers";
});

describe("what is answered", () => {
  test("a seller sees their own period against the one before, complete up to asOf", async () => {
    const { status, data, errors } = await report.query(SELLER_DASHBOARD, {
      as: "seller 1",
      variables: { period: { from: "2026-11-01", to: "2026-11-10" } },
    });
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data?.["sellerDashboardStats"]).toMatchObject({
      sellerId: "1",
      orders: 10,
      netSales: String(9_000 + report.rest.head),
      averageTicket: String(Math.round((9_000 + report.rest.head) / 10)),
      unitsSold: 20,
      pendingVerification: 1,
      lowStock: 2,
      ordersByStatus: [{ status: "payment_confirmed", count: 1 }],
      previous: { orders: 10, netSales: "10000", averageTicket: "1000" },
      asOf: String(report.rest.head),
    });
    expect(data?.["sellerDashboardStats"]?.["series"]).toHaveLength(10);
  });

  test.each([
    [BEST_PRODUCTS, "sellerBestProducts", "seller 1", { products: [{ productId: "5", netSales: "900" }] }],
    [ADMIN_DASHBOARD, "adminDashboardStats", "admin", { orders: 30, newClients: 30, activeSellers: 2 }],
    [ADMIN_SALES, "adminSales", "admin", { granularity: "DAY", totals: { orders: 30 }, previous: { orders: 30 } }],
    [ADMIN_CLIENTS, "adminClients", "admin", { totalClients: 10, newClients: 30, previous: { newClients: 30 } }],
  ] as const)("by default the last 30 days: %#", async (document, field, as, expected) => {
    const { data, errors } = await report.query(document, { as });
    expect(errors).toBeUndefined();
    expect(data?.[field]).toMatchObject({ ...expected, asOf: String(report.rest.head) });
  });

  test.each([
    ["2026-11-24T04:59:59Z", "2026-11-23"],
    ["2026-11-24T05:00:00Z", "2026-11-24"],
  ])("at %s today is %s", async (instant, today) => {
    now = new Date(instant);
    const { data } = await report.query("{ adminSales(period: {preset: TODAY}) { period { from to } } }", {
      as: "admin",
    });
    expect(data?.["adminSales"]?.["period"]).toEqual({ from: today, to: today });
  });

  test("an unfinished day is compared with the day before until this minute, and an answer is of one minute", async () => {
    const today = { as: "seller 1", variables: { period: { preset: "TODAY" } } } as const;
    report.rest.reads.length = 0;
    const untils = ["2026-11-23T15:30:00.000Z", "2026-11-23T15:30:00.000Z", "2026-11-23T15:31:00.000Z"];
    for (const [index, instant] of ["15:30:05", "15:30:55", "15:31:00"].entries()) {
      now = new Date(`2026-11-24T${instant}Z`);
      const { data } = await report.query(SELLER_DASHBOARD, today);
      expect(data?.["sellerDashboardStats"]).toMatchObject({
        previous: { orders: 1, netSales: "400" },
        previousSeries: [{ day: "2026-11-23", netSales: "1000" }],
        comparedWith: { from: "2026-11-23", to: "2026-11-23", until: untils[index] },
      });
    }
    const asked = report.rest.reads.map(({ path }) => new URL(path, "http://rest").searchParams.get("part_until"));
    expect(asked).toEqual([...new Set(untils)]);
  });

  test("an answer is kept for its own seller, limit and granularity, and for no other", async () => {
    for (const sellerId of ["1", "2"]) {
      const { data } = await report.query(SELLER_DASHBOARD, { as: "admin", variables: { sellerId } });
      expect(data?.["sellerDashboardStats"]).toMatchObject({ sellerId });
    }
    for (const granularity of ["DAY", "MONTH"]) {
      const { data } = await report.query(ADMIN_SALES, { as: "admin", variables: { granularity } });
      expect(data?.["adminSales"]).toMatchObject({ granularity });
    }
    report.rest.reads.length = 0;
    for (const limit of [21, 22]) await report.query(BEST_PRODUCTS, { as: "seller 1", variables: { limit } });
    expect(report.rest.reads.map(({ path }) => new URL(path, "http://rest").searchParams.get("limit"))).toEqual([
      "21",
      "22",
    ]);
  });

  test("rows are read with the viewer's own token", async () => {
    report.rest.reads.length = 0;
    const token = await tokenOf("seller 2");
    await report.query(SELLER_DASHBOARD, { headers: { authorization: `Bearer ${token}` } });
    expect(report.rest.reads.map((read) => read.token)).toEqual([token]);
  });
});

describe("who may ask", () => {
  const own = (sellerId?: string) => ({ document: SELLER_DASHBOARD, variables: { sellerId } });
  const best = (sellerId?: string) => ({ document: BEST_PRODUCTS, variables: { sellerId } });
  const plain = (document: string) => ({ document, variables: {} });
  const ALLOWED = undefined;

  test.each([
    ["seller 1", own(), ALLOWED],
    ["seller 1", own("1"), ALLOWED],
    ["seller 1", own("2"), "FORBIDDEN"],
    ["seller 2", best("1"), "FORBIDDEN"],
    ["admin", own("1"), ALLOWED],
    ["admin", best("2"), ALLOWED],
    ["admin", own(), "BAD_USER_INPUT"],
    ["admin", best(), "BAD_USER_INPUT"],
    ["admin", own("../days"), "BAD_USER_INPUT"],
    ["client", own("1"), "FORBIDDEN"],
    ["client", best(), "FORBIDDEN"],
    ...[ADMIN_DASHBOARD, ADMIN_SALES, ADMIN_CLIENTS].flatMap(
      (document) =>
        [
          ["admin", plain(document), ALLOWED],
          ["seller 1", plain(document), "FORBIDDEN"],
          ["client", plain(document), "FORBIDDEN"],
        ] as const,
    ),
  ] as const)("%s: %j → %s", async (as, { document, variables }, code) => {
    expect((await report.query(document, { as: as as Viewer, variables })).code).toBe(code);
  });

  test("a seller whose id from another issuer is no number is refused before any path is made of it", async () => {
    report.rest.reads.length = 0;
    const as = {
      user_id: "9",
      role: "SELLER" as const,
      seller_id: "..",
      expires_at: Math.floor(Date.now() / 1000) + 60,
    };
    expect((await report.query(SELLER_DASHBOARD, { as })).code).toBe("BAD_USER_INPUT");
    expect(report.rest.reads).toHaveLength(0);
  });

  test.each([
    ["no token", {}, "UNAUTHENTICATED"],
    ["nonsense", { authorization: "Bearer nonsense" }, "UNAUTHENTICATED"],
    ["another scheme", { authorization: "Basic YTpi" }, "UNAUTHENTICATED"],
  ])("%s is HTTP 401 with a code", async (_what, headers, code) => {
    for (const accept of ["application/json", "application/graphql-response+json"]) {
      const answer = await report.query(ADMIN_SALES, { headers: { ...headers, accept } });
      expect([answer.status, answer.code]).toEqual([401, code]);
    }
  });

  test("an expired token is told apart, so that the client refreshes", async () => {
    const as = { user_id: "1", role: "ADMIN" as const, expires_at: Math.floor(Date.now() / 1000) - 3600 };
    const answer = await report.query(ADMIN_SALES, { as });
    expect([answer.status, answer.code]).toEqual([401, "TOKEN_EXPIRED"]);
  });

  test("a token in the URL or the body is not looked at", async () => {
    const token = await tokenOf("admin");
    const response = await fetch(`${report.url}/graphql?token=${token}&access_token=${token}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: ADMIN_SALES, variables: { token } }),
    });
    expect(response.status).toBe(401);
    await response.body?.cancel();
  });
});

describe("bad arguments are told as such", () => {
  test.each([
    [ADMIN_SALES, { period: { from: "2026-02-30", to: "2026-03-01" } }],
    [ADMIN_SALES, { period: { from: "2026-03-01" } }],
    [ADMIN_SALES, { period: { from: "2026-03-02", to: "2026-03-01" } }],
    [ADMIN_SALES, { period: { from: "2025-01-01", to: "2026-03-01" } }],
    [ADMIN_SALES, { period: { preset: "TODAY", from: "2026-03-01", to: "2026-03-01" } }],
    [ADMIN_SALES, { period: { preset: "FOREVER" } }],
    [ADMIN_SALES, { period: { from: 20260301, to: 20260302 } }],
    [ADMIN_SALES, { granularity: "YEAR" }],
    [BEST_PRODUCTS, { sellerId: "1", limit: 0 }],
    [BEST_PRODUCTS, { sellerId: "1", limit: 51 }],
    [BEST_PRODUCTS, { sellerId: "1", limit: "ten" }],
    [BEST_PRODUCTS, { sellerId: "1", limit: 1e12 }],
  ])("%# %j", async (document, variables) => {
    const answer = await report.query(document, { as: "admin", variables });
    expect(answer.code).toBe("BAD_USER_INPUT");
    expect(answer.errors?.[0]?.extensions["request_id"]).toBe(answer.headers.get("x-request-id"));
  });

  test.each(["-1", "1.5", "abc", "1e3", "99999999999999999999", "1,2", " "])("x-min-seq %p", async (floor) => {
    const { code } = await report.query(ADMIN_SALES, { as: "admin", floor });
    // A blank header arrives as an empty one.
    expect(code).toBe("BAD_USER_INPUT");
  });
});

describe("when rest_service does not answer as it should", () => {
  test.each([
    ["unavailable", "UNAVAILABLE"],
    ["breaks-the-contract", "UNAVAILABLE"],
    ["limits-rate", "UNAVAILABLE"],
    ["refuses-token", "UNAUTHENTICATED"],
    ["expired", "TOKEN_EXPIRED"],
    ["not-found", "NOT_FOUND"],
  ] as const)("%s is %s, and the next query works again", async (mood, code) => {
    report.rest.mood = mood;
    report.rest.head += 1;
    const ask = () => report.query(SELLER_DASHBOARD, { as: "seller 1", floor: report.rest.head });
    const refused = await ask();
    expect(refused.code).toBe(code);
    expect(refused.text).not.toContain("canary");
    expect(refused.text).not.toContain(report.rest.url);
    report.rest.mood = "answers";
    expect((await ask()).errors).toBeUndefined();
  });

  test("a read that hangs is UNAVAILABLE, and a query works again once reads are answered", async () => {
    const impatient = await startReport({ REST_TIMEOUT_MS: "300" }, { clock: () => now });
    const ask = () => impatient.query(SELLER_DASHBOARD, { as: "seller 1" });
    impatient.rest.mood = "hangs";
    expect((await ask()).code).toBe("UNAVAILABLE");
    impatient.rest.mood = "answers";
    await until("a query works", async () => (await ask()).errors === undefined);
    await impatient.close();
  });
});
