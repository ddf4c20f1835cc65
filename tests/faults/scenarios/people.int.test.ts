import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { nodeAt } from "./nodeAt.ts";
import { type OpenedSession, openedSession } from "./openedSession.ts";
import { type Run, startRun } from "./startRun.ts";
import { strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 16, database: await sharedDatabase() });
}, 90_000);
afterAll(() => run.stop(), 30_000);

/** Nothing at all came, by no way, from no node. */
const AT_ONE_NODE = ["/ws 401 SESSION_REVOKED", "/sse 401 SESSION_REVOKED"];
const REFUSED = { frames: [], answers: [...AT_ONE_NODE, ...AT_ONE_NODE] };

describe("whoever was away when", () => {
  const ends: readonly (readonly [string, (session: OpenedSession) => Promise<void>])[] = [
    ["their session ended", ({ logout }) => logout()],
    ["they were blocked", ({ change }) => change({ disabled: true })],
  ];
  for (const [what, end] of ends) {
    test(`${what} is refused by every node, and nothing is replayed to them (31)`, async () => {
      const session = await openedSession(run);
      await strike(run, async () => {
        session.away();
        await session.order(nodeAt(run.world.shops, 0));
        await end(session);
        await session.refusedEverywhere();
        expect(await session.resume()).toEqual(REFUSED);
      });
      expect(session.heard().filter((type) => type === "DIRTY" || type === "ORDER_UPDATED")).toEqual([]);
    }, 60_000);
  }

  test("they lost the role of administrator is refused as one, and back as a client hears nothing of that time (31)", async () => {
    const session = await openedSession(run, { role: "ADMIN" });
    await strike(run, async () => {
      session.away();
      await run.workload.placeEverywhere();
      await session.change({ role: "CLIENT" });
      await session.refusedEverywhere();
      expect(await session.resume()).toEqual(REFUSED);
      const { leaks, dirty, resyncs } = await session.loginAndResume("CLIENT");
      expect(leaks).toEqual([]);
      expect(dirty + resyncs).toBe(1);
    });
  }, 60_000);
});

test("a node that was frozen when a session ended closes it with 4403, and tells nothing of later (31)", async () => {
  const node = nodeAt(run.cluster.realtime, 0);
  const session = await openedSession(run, { node });
  await strike(run, async () => {
    node.freeze();
    await session.logout();
    await session.order(nodeAt(run.world.shops, 0));
    node.thaw();
    expect(await session.closed()).toBe(4403);
    await session.refusedEverywhere();
    expect(await session.resume()).toEqual(REFUSED);
  });
  expect(session.heard()).not.toContain("ORDER_UPDATED");
}, 60_000);
