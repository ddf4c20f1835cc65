import { describe, expect, test } from "bun:test";
import { setUpBrowser } from "./setUpBrowser.ts";

const refusal = (code: string) => ({ type: "ERROR", code, message: "No", room: "order-9" });

/** A leader and two that follow. */
async function setUpTabs() {
  const browser = setUpBrowser();
  const [leader, two, three] = [browser.open(), browser.open(), browser.open()];
  await browser.pass(1_000);
  const joins = () => browser.server.last().received.filter(({ type }) => type === "JOIN");
  return { ...browser, leader, two, three, joins, say: (frame: object) => browser.server.last().say(frame) };
}

describe("the tabs of a browser", () => {
  test("are in the rooms that any of them wants, under every leader", async () => {
    const { open, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    two.client.joinRoom("catalog");
    await pass(500);
    const joins = () => server.last().received.filter(({ type }) => type === "JOIN");
    expect(joins()).toEqual([{ type: "JOIN", room: "catalog" }]);
    server.last().say({ type: "JOINED", room: "catalog" });
    await pass(500);
    expect(two.events).toContainEqual({ kind: "joined", room: "catalog" });
    one.client.close();
    await pass(1_000);
    expect([server.sockets.length, joins()]).toEqual([2, [{ type: "JOIN", room: "catalog" }]]);
    two.client.leaveRoom("catalog");
    await pass(100);
    expect(server.last().received).toContainEqual({ type: "LEAVE", room: "catalog" });
  });

  test("learn that a room was refused, if it was theirs, and ask for it no more under any leader", async () => {
    const { leader, two, three, joins, say, pass } = await setUpTabs();
    two.client.joinRoom("order-9", "x.y.z");
    await pass(500);
    say(refusal("INVALID_TOKEN"));
    await pass(500);
    const told = { kind: "room_refused", room: "order-9", token: "x.y.z", code: "INVALID_TOKEN", final: true } as const;
    expect([leader, two, three].map(({ events }) => events.filter(({ kind }) => kind === "room_refused"))).toEqual([
      [],
      [told],
      [],
    ]);
    three.client.joinRoom("catalog");
    leader.client.close();
    await pass(1_000);
    expect(joins()).toEqual([{ type: "JOIN", room: "catalog" }]);
  });

  test("are in a room by the token of any of them, and the others' are refused to them alone", async () => {
    const { leader, two, three, joins, say, pass } = await setUpTabs();
    leader.client.joinRoom("order-9", "old.old.old");
    two.client.joinRoom("order-9", "new.new.new");
    await pass(500);
    expect(joins()).toHaveLength(1);
    say(refusal("INVALID_TOKEN"));
    await pass(500);
    expect(joins().at(-1)).toEqual({ type: "JOIN", room: "order-9", token: "new.new.new" });
    three.client.joinRoom("order-9", "new.new.new");
    await pass(500);
    const kinds = ({ events }: typeof two) => events.map(({ kind }) => kind).filter((kind) => kind !== "resync");
    expect([leader, two, three].map(kinds)).toEqual([["room_refused"], [], []]);
    say({ type: "JOINED", room: "order-9" });
    await pass(500);
    expect([two, three].map(kinds)).toEqual([["joined"], ["joined"]]);
  });

  test("leave the rooms of one that dies without a word, and keep those of one that is frozen", async () => {
    const { two, three, server, pass } = await setUpTabs();
    two.client.joinRoom("catalog");
    three.client.joinRoom("order-9", "x.y.z");
    await pass(500);
    two.freeze();
    three.kill();
    await pass(60_000);
    const left = server.last().received.filter(({ type }) => type === "LEAVE");
    expect(left).toEqual([{ type: "LEAVE", room: "order-9" }]);
  });

  test("do not take a room of a tab that has closed under another leader for wanted", async () => {
    const { leader, two, three, server, pass } = await setUpTabs();
    three.client.joinRoom("catalog");
    await pass(500);
    leader.freeze();
    await pass(8_000);
    three.client.close();
    await pass(500);
    leader.thaw();
    await pass(1_000);
    two.client.close();
    await pass(1_000);
    expect(leader.client.state().status).toBe("live");
    expect(server.last().received.filter(({ type }) => type === "JOIN")).toEqual([]);
  });
});
