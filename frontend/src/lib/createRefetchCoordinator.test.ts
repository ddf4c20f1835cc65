import { describe, expect, test } from "bun:test";
import { setUpCoordinator as setUp } from "./setUpCoordinator.ts";

describe("the refetch coordinator", () => {
  test("reads again when it is seen again after a minute: some answers compare with the time of day", async () => {
    const { scheduler, coordinator, starts, see } = setUp();
    await scheduler.advance(1_000);
    see(false);
    await scheduler.advance(30_000);
    see(true);
    await scheduler.advance(1_000);
    expect(starts).toHaveLength(1);
    see(false);
    await scheduler.advance(60_000);
    expect(starts).toHaveLength(1);
    see(true);
    expect(coordinator.state()).toMatchObject({ inFlight: true, staleSince: null });
    await scheduler.advance(60_000);
    expect(starts).toHaveLength(2);
  });

  test("reads once at the start, and not again without a reason", async () => {
    const { scheduler, coordinator, starts } = setUp();
    await scheduler.advance(60_000);
    expect(starts).toHaveLength(1);
    expect(coordinator.state()).toMatchObject({ inFlight: false, shown: 0, staleSince: null });
  });

  test("reads at once after a pause, with the hint's seq as the floor", async () => {
    const { scheduler, starts, happen } = setUp();
    await scheduler.advance(5_000);
    const seq = happen();
    expect(starts.at(-1)).toEqual({ at: scheduler.now(), floor: seq });
  });

  test("does not read for a hint that is already shown", async () => {
    const { scheduler, coordinator, starts, happen } = setUp();
    await scheduler.advance(5_000);
    const seq = happen();
    await scheduler.advance(5_000);
    coordinator.hint(seq);
    coordinator.hint(seq - 1);
    await scheduler.advance(5_000);
    expect(starts).toHaveLength(2);
  });

  test("reads again when a hint arrives while a request is in flight", async () => {
    const { scheduler, coordinator, starts, happen } = setUp({ latencyMs: () => 400 });
    await scheduler.advance(5_000);
    happen();
    await scheduler.advance(100);
    const seq = happen();
    expect(starts).toHaveLength(2);
    await scheduler.advance(5_000);
    expect(starts).toHaveLength(3);
    expect(coordinator.state()).toMatchObject({ shown: seq, staleSince: null, inFlight: false });
  });

  test("keeps 250 ms between requests, and a second in a storm; 250 ms again after a quiet second", async () => {
    const { scheduler, starts, happen } = setUp({ latencyMs: () => 100 });
    await scheduler.advance(5_000);
    const first = starts.length;
    for (let event = 0; event < 300; event += 1) {
      happen();
      await scheduler.advance(20);
    }
    const gaps = starts.slice(first).map(({ at }, index, all) => at - (all[index - 1]?.at ?? 0));
    expect(gaps.slice(1, 5)).toEqual([500, 1_000, 1_000, 1_000]);
    await scheduler.advance(2_000);
    happen();
    await scheduler.advance(120);
    happen();
    await scheduler.advance(400);
    const [last, before] = [starts.at(-1), starts.at(-2)];
    expect((last?.at ?? 0) - (before?.at ?? 0)).toBe(250);
  });

  test("spreads what many clients hear at once over a second", async () => {
    const { scheduler, starts, happen } = setUp({ random: () => 0.7 });
    await scheduler.advance(5_000);
    happen(true);
    await scheduler.advance(699);
    expect(starts).toHaveLength(1);
    await scheduler.advance(1);
    expect(starts).toHaveLength(2);
  });

  test("reads nothing while hidden, and once when it is seen again", async () => {
    const { scheduler, starts, happen, see } = setUp();
    await scheduler.advance(5_000);
    see(false);
    for (let event = 0; event < 20; event += 1) {
      happen();
      await scheduler.advance(500);
    }
    expect(starts).toHaveLength(1);
    see(true);
    await scheduler.advance(5_000);
    expect(starts).toHaveLength(2);
  });

  test("makes the first read although the page is hidden", async () => {
    const { starts, see } = setUp();
    see(false);
    expect(starts).toHaveLength(1);
  });

  test("does not wait out a long pause after failures once the server is back", async () => {
    const { scheduler, coordinator, starts, failures } = setUp();
    await scheduler.advance(5_000);
    coordinator.recover();
    await scheduler.advance(2_000);
    expect(starts).toHaveLength(1);
    failures.push(...Array.from({ length: 7 }, () => new Error("no answer")));
    coordinator.refetch();
    await scheduler.advance(30_000);
    const before = starts.length;
    coordinator.recover();
    await scheduler.advance(1_000);
    expect(starts).toHaveLength(before + 1);
    expect(coordinator.state()).toMatchObject({ error: undefined, staleSince: null });
  });

  test("retries a failure with a growing, bounded pause, and keeps what is shown", async () => {
    const { scheduler, coordinator, starts, failures, happen } = setUp({ random: () => 0.999 });
    await scheduler.advance(5_000);
    failures.push(...Array.from({ length: 10 }, () => new Error("no answer")));
    happen();
    await scheduler.advance(100);
    expect(coordinator.state()).toMatchObject({ error: new Error("no answer"), shown: 0 });
    await scheduler.advance(200_000);
    const gaps = starts.slice(2).map(({ at }, index) => at - (starts[index + 1]?.at ?? 0));
    expect(gaps.every((gap, index) => index === 0 || gap >= (gaps[index - 1] ?? 0) - 1)).toBe(true);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_020);
    expect(coordinator.state()).toMatchObject({ error: undefined, shown: 1, staleSince: null });
  });

  test("does not repeat a final refusal by itself, but does when asked", async () => {
    const { scheduler, coordinator, starts, failures } = setUp();
    await scheduler.advance(5_000);
    failures.push(new Error("final"));
    coordinator.refetch();
    await scheduler.advance(120_000);
    expect(starts).toHaveLength(2);
    expect(coordinator.state().staleSince).toBeNull();
    coordinator.refetch();
    await scheduler.advance(1_000);
    expect(coordinator.state().error).toBeUndefined();
  });

  test("a refetch asked for during a request is served by a later one", async () => {
    const { scheduler, coordinator, starts } = setUp({ latencyMs: () => 300 });
    await scheduler.advance(5_000);
    coordinator.refetch();
    await scheduler.advance(10);
    coordinator.refetch();
    await scheduler.advance(5_000);
    expect(starts).toHaveLength(3);
  });

  test("is not stale in a steady storm that it keeps up with", async () => {
    const { scheduler, coordinator, happen } = setUp({ latencyMs: () => 150 });
    await scheduler.advance(5_000);
    for (let event = 0; event < 1_500; event += 1) {
      happen();
      await scheduler.advance(20);
      const { staleSince } = coordinator.state();
      expect(scheduler.now() - (staleSince ?? scheduler.now())).toBeLessThan(2_000);
    }
  });

  test("knows since when it is stale while nothing answers", async () => {
    const { scheduler, coordinator, failures, happen } = setUp();
    await scheduler.advance(5_000);
    failures.push(...Array.from({ length: 20 }, () => new Error("no answer")));
    const hearsAt = scheduler.now();
    happen();
    await scheduler.advance(15_000);
    expect(coordinator.state().staleSince).toBe(hearsAt);
  });

  test("starts anew with a server whose numbers have", async () => {
    const { scheduler, coordinator, starts, happen } = setUp();
    for (let event = 0; event < 9; event += 1) happen();
    await scheduler.advance(5_000);
    coordinator.restart(2);
    await scheduler.advance(5_000);
    expect(starts.at(-1)?.floor).toBe(2);
  });

  test("says since when what is shown may be old: from the hint or the wish on, though the read has to wait", async () => {
    const { scheduler, coordinator, happen } = setUp({ latencyMs: () => 100 });
    await scheduler.advance(110);
    happen();
    expect(coordinator.state()).toMatchObject({ inFlight: false, staleSince: scheduler.now() });
    await scheduler.advance(160);
    expect(coordinator.state().inFlight).toBe(true);
    coordinator.refetch();
    await scheduler.advance(100);
    expect(coordinator.state().inFlight).toBe(false);
    expect(coordinator.state().staleSince).not.toBeNull();
    await scheduler.advance(1_000);
    expect(coordinator.state().staleSince).toBeNull();
  });

  test("after a success the next failure is retried as soon as the first was", async () => {
    const { scheduler, coordinator, failures, starts } = setUp();
    const waitAfter = async (count: number) => {
      failures.push(...Array.from({ length: count }, () => new Error("no")));
      coordinator.refetch();
      await scheduler.advance(60_000);
      const [last, before] = [starts.at(-1)?.at ?? 0, starts.at(-2)?.at ?? 0];
      return last - before;
    };
    await scheduler.advance(1_000);
    const first = await waitAfter(1);
    expect(await waitAfter(5)).toBeGreaterThan(first);
    expect(await waitAfter(1)).toBe(first);
  });

  test("takes no answer of before the server's numbers started anew for one of after", async () => {
    const { scheduler, coordinator, starts, happen } = setUp({ latencyMs: () => 1_000 });
    for (let event = 0; event < 9; event += 1) happen();
    await scheduler.advance(3_000);
    happen();
    await scheduler.advance(500);
    expect(coordinator.state().inFlight).toBe(true);
    coordinator.restart(2);
    const before = starts.length;
    await scheduler.advance(600);
    expect(coordinator.state().shown).toBeNull();
    expect(coordinator.state().staleSince).not.toBeNull();
    await scheduler.advance(5_000);
    expect(starts.length).toBeGreaterThan(before);
    expect(coordinator.state()).toMatchObject({ staleSince: null, error: undefined });
  });

  test("ignores what comes after its end, and leaves no timer", async () => {
    const { scheduler, coordinator, starts, happen } = setUp({ latencyMs: () => 1_000 });
    happen();
    coordinator.dispose();
    await scheduler.advance(10_000);
    expect(starts).toHaveLength(1);
    expect(coordinator.state().shown).toBeNull();
    expect(scheduler.pending()).toBe(0);
  });
});
