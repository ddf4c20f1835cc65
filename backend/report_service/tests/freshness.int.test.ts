import { afterEach, beforeEach, expect, test } from "bun:test";
import { until } from "../../../tests/faults/support/until.ts";
import { ADMIN_DASHBOARD, SELLER_DASHBOARD } from "./documents.ts";
import { type GraphqlAnswer, type Report, startReport } from "./startReport.ts";

let report: Report;
beforeEach(async () => {
  report = await startReport();
});
afterEach(() => report.close());

const asOf = ({ data }: GraphqlAnswer) => Number(Object.values(data ?? {})[0]?.["asOf"]);
const askSeller = (floor?: number) =>
  report.query(SELLER_DASHBOARD, { as: "seller 1", ...(floor === undefined ? {} : { floor }) });

/** The feed starts within moments; from then on a second query costs no read. */
const feedIsLive = () =>
  until("a query costs no read", async () => {
    const { length } = report.rest.reads;
    await askSeller();
    return report.rest.reads.length === length;
  });

test("an unchanged dashboard is read once, and again after an event of its audience", async () => {
  await report.announce(1, "1");
  await feedIsLive();
  report.rest.reads.length = 0;
  for (let count = 0; count < 5; count += 1) expect(asOf(await askSeller())).toBe(1);
  expect(report.rest.reads).toHaveLength(0);
  await report.announce(2, "1");
  await until("the event is in the answer", async () => asOf(await askSeller()) === 2);
  expect(report.rest.reads).toHaveLength(1);
});

test("another seller's events cost this seller's dashboard no read", async () => {
  await report.announce(1, "1");
  await feedIsLive();
  report.rest.reads.length = 0;
  await report.announce(2, "2");
  await until(
    "the admin sees it",
    async () => asOf(await report.query(ADMIN_DASHBOARD, { as: "admin", floor: 2 })) >= 2,
  );
  report.rest.reads.length = 0;
  await askSeller();
  expect(report.rest.reads).toHaveLength(0);
});

test("sellers never see each other's answers", async () => {
  await feedIsLive();
  const other = await report.query(SELLER_DASHBOARD, { as: "seller 2" });
  expect(other.data?.["sellerDashboardStats"]?.["sellerId"]).toBe("2");
});

test("a floor that the truth reaches in time is answered", async () => {
  const answer = askSeller(5);
  await until("it has been read in vain", () => report.rest.reads.length >= 2);
  report.rest.head = 5;
  expect(asOf(await answer)).toBe(5);
});

test("a floor that the truth does not reach is STALE after some two seconds, with how far it has come", async () => {
  await report.close();
  report = await startReport({}, { floorWaitMs: undefined });
  const began = performance.now();
  const answer = await askSeller(1_000_000);
  expect(answer.code).toBe("STALE");
  expect(answer.errors?.[0]?.extensions["asOf"]).toBe("1");
  expect(performance.now() - began).toBeGreaterThan(1_900);
  expect(report.rest.reads.length).toBeLessThanOrEqual(12);
});

async function expectAtLeast(floor: number): Promise<void> {
  const answer = await askSeller(floor);
  expect(answer.errors).toBeUndefined();
  expect(asOf(answer)).toBeGreaterThanOrEqual(floor);
}

/** Bun has 256 requests of a process under way; here the service's reads, for which all the dashboards wait, are among them. */
const MOST_UNDER_WAY = 200;

test("300 dashboards during 60 events: every answer at its floor, with few reads", async () => {
  await report.announce(1, "1");
  await feedIsLive();
  report.rest.delayMs = 5;
  report.rest.reads.length = 0;
  let seq = 1;
  const answers: Promise<void>[] = [];
  let underWay = 0;
  for (let round = 0; round < 60; round += 1) {
    seq += 1;
    await report.announce(seq, "1");
    const floor = seq;
    for (let viewer = 0; viewer < 5; viewer += 1) {
      underWay += 1;
      answers.push(expectAtLeast(floor).finally(() => (underWay -= 1)));
    }
    await Bun.sleep(1);
    await until("there is room for more", () => underWay < MOST_UNDER_WAY);
  }
  await Promise.all(answers);
  // At most one read per event, where a read per dashboard would be 300.
  expect(report.rest.reads.length).toBeLessThanOrEqual(61);
});

test("without a broker nothing kept is given: every dashboard is read", async () => {
  await report.announce(1, "1");
  await feedIsLive();
  await report.broker.close();
  await until("a query costs a read", async () => {
    const { length } = report.rest.reads;
    await askSeller();
    return report.rest.reads.length > length;
  });
  report.rest.reads.length = 0;
  for (let count = 0; count < 3; count += 1) await askSeller();
  expect(report.rest.reads).toHaveLength(3);
});
