import { describe, expect, test } from "bun:test";
import { setUpBrowser } from "./setUpBrowser.ts";
import { type LeaderMessage, TAB_PROTOCOL } from "./TabMessage.ts";

describe("the tabs of a browser", () => {
  test("have one connection, and all hear what it hears, once", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    node.order(1);
    node.order(2);
    await pass(1_000);
    expect(openSockets()).toHaveLength(1);
    for (const tab of [one, two]) {
      expect(tab.client.state().status).toBe("live");
      expect([tab.resyncs(), tab.seqs()]).toEqual([["connected"], [1, 2]]);
    }
    const late = open();
    await pass(1_000);
    expect([late.client.state().status, late.resyncs(), late.seqs()]).toEqual(["live", ["connected"], []]);
  });

  test("go on with another leader when theirs is closed or dies, and miss nothing", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two, three] = [open(), open(), open()];
    await pass(1_000);
    node.order(1);
    await pass(500);
    one.client.close();
    node.order(2);
    await pass(1_000);
    two.kill();
    node.order(3);
    await pass(1_000);
    expect([three.seqs(), three.resyncs(), three.client.state().status]).toEqual([[1, 2, 3], ["connected"], "live"]);
    expect(openSockets()).toHaveLength(1);
  });

  test("hear what a server with new numbers tells the next login, however low its seqs", async () => {
    const { open, node, pass } = setUpBrowser();
    const tab = open();
    await pass(1_000);
    for (let order = 1; order <= 3; order += 1) node.order(9);
    await pass(500);
    tab.client.close();
    node.log.length = 0;
    tab.client.connect();
    await pass(1_000);
    node.order(9);
    await pass(500);
    expect([tab.seqs(), tab.resyncs()]).toEqual([
      [1, 2, 3, 1],
      ["connected", "connected"],
    ]);
  });

  test("that come to a login of older tabs follow their leader, also when they have led another", async () => {
    const { open, pass, openSockets } = setUpBrowser();
    const old = open(() => "old");
    await pass(1_000);
    const before = old.client.state();
    let scope = "new";
    const tab = open(() => scope);
    await pass(1_000);
    tab.client.close();
    scope = "old";
    tab.client.connect();
    await pass(1_000);
    expect([tab.client.state().status, openSockets().length]).toEqual(["live", 1]);
    await pass(20_000);
    expect([before.status, old.client.state()]).toEqual(["live", before]);
  });

  test("take the connection from a leader that has fallen silent, who then follows", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    one.freeze();
    node.order(1);
    await pass(4_000);
    expect([two.seqs(), two.client.state().status]).toEqual([[], "live"]);
    await pass(5_000);
    expect([two.seqs(), two.client.state().status]).toEqual([[1], "live"]);
    one.thaw();
    node.order(2);
    await pass(2_000);
    expect([one.seqs(), two.seqs()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(one.client.state().status).toBe("live");
    expect(openSockets()).toHaveLength(1);
  });

  test("that nobody looks at do not take over, until somebody does", async () => {
    const { open, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    two.hide();
    await pass(1_000);
    one.freeze();
    await pass(20_000);
    expect(two.client.state().status).toBe("reconnecting");
    two.show();
    await pass(1_000);
    expect(two.client.state().status).toBe("live");
    one.thaw();
    await pass(2_000);
    expect(openSockets()).toHaveLength(1);
  });

  test("all end when the server refuses the leader for good", async () => {
    const { open, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    server.last().end(4403);
    await pass(1_000);
    for (const { client } of [one, two]) expect(client.state()).toEqual({ status: "closed", reason: "forbidden" });
    expect(server.sockets).toHaveLength(1);
  });

  test("lead again after they were robbed of the lock, and join all rooms with each new connection", async () => {
    const { open, node, pass, server } = setUpBrowser();
    const [one, two, three] = [open(), open(), open()];
    await pass(1_000);
    const isJoined = () => server.last().received.some((frame) => frame.type === "JOIN" && frame.room === "catalog");
    one.client.joinRoom("catalog");
    three.client.joinRoom("catalog");
    await pass(1_000);
    one.freeze();
    await pass(9_000);
    expect([server.sockets.length, isJoined()]).toEqual([2, true]);
    one.thaw();
    await pass(2_000);
    two.client.close();
    three.client.close();
    await pass(1_000);
    node.order(1);
    await pass(1_000);
    expect([one.client.state().status, one.seqs(), isJoined()]).toEqual(["live", [1], true]);
  });

  test("that join a room where others are hear that they are in it", async () => {
    const { open, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    one.client.joinRoom("catalog");
    await pass(500);
    server.last().say({ type: "JOINED", room: "catalog" });
    await pass(500);
    const before = two.events.length;
    two.client.joinRoom("catalog");
    await pass(500);
    expect(two.events.slice(before)).toContainEqual({ kind: "joined", room: "catalog" });
  });

  test("take over from before the last seq that was heard, since others of it may be missing", async () => {
    const { open, node, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    node.order(1);
    node.order(2);
    await pass(1);
    one.kill();
    await pass(2_000);
    expect(server.last().received).toContainEqual({ type: "RESUME", seq: 1 });
    expect(two.seqs()).toEqual([1, 2]);
  });

  test("hear again what a server tells whose numbers have started anew", async () => {
    const { open, node, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    for (let order = 1; order <= 3; order += 1) node.order(9);
    await pass(500);
    node.log.length = 0;
    server.last().say({ type: "RESYNC", reason: "unknown_seq", seq: 0 });
    node.order(9);
    await pass(500);
    for (const tab of [one, two]) expect(tab.seqs()).toEqual([1, 2, 3, 1]);
  });

  describe("that miss something of their leader", () => {
    /** Two tabs that stand at seq 2, and a voice that speaks for a leader whom nobody else has heard. */
    async function overheard() {
      const browser = setUpBrowser();
      const [one, two] = [browser.open(), browser.open()];
      await browser.pass(1_000);
      browser.node.order(1);
      browser.node.order(2);
      await browser.pass(500);
      const heard: LeaderMessage[] = [];
      const { post } = browser.openTab().tabs.open(`espigon-realtime-${TAB_PROTOCOL}-session`, (message) => {
        if (typeof message === "object" && message !== null && "term" in message) heard.push(message as LeaderMessage);
      });
      await browser.pass(2_500);
      const last = heard.at(-1);
      if (last === undefined) throw new Error("the leader has not spoken");
      return { ...browser, one, two, last, speak: (change: Partial<LeaderMessage>) => post({ ...last, ...change }) };
    }

    test.each<[string, (last: LeaderMessage) => Partial<LeaderMessage>]>([
      ["messages", ({ n }) => ({ n: n + 2 })],
      ["the first message of the next leader", ({ term }) => ({ term: term + 1, n: 2, from: 0 })],
      [
        "what the next one has not heard",
        ({ term }) => ({ term: term + 1, n: 1, from: 3, applied: 4, resumePoint: 3 }),
      ],
      ["a part of a seq", ({ term, applied }) => ({ term: term + 1, n: 1, from: applied })],
    ])("hear that all may be stale: %s", async (_what, change) => {
      const { two, last, speak, pass } = await overheard();
      speak(change(last));
      await pass(500);
      expect(two.resyncs()).toEqual(["connected", "gap"]);
    });

    test("follow the newest leader, and go on after its end above its term", async () => {
      const { one, two, last, speak, pass, openSockets, node, server } = await overheard();
      speak({ term: last.term + 1_000_000, n: 1, from: 0 });
      await pass(1_000);
      // The one who led has left its connection, and the next has made its own.
      expect([server.sockets.length, openSockets().length]).toEqual([2, 1]);
      speak({ state: { status: "closed", reason: "forbidden" } });
      await pass(20_000);
      expect(server.sockets).toHaveLength(2);
      node.order(3);
      await pass(3_000);
      expect([one.client.state().status, two.client.state().status, openSockets().length]).toEqual(["live", "live", 1]);
      expect([one.seqs(), two.seqs()]).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
    });
  });
});
