import { describe, expect, test } from "bun:test";
import { setUpBrowser } from "./setUpBrowser.ts";

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
});
