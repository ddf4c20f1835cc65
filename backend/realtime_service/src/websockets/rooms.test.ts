import { afterEach, describe, expect, test } from "bun:test";
import {
  ADMIN,
  CLIENT_7,
  roomTokenFor,
  SELLER_1,
  SELLER_2,
  startNode,
  type TestNode,
  tokenFor,
} from "../testing/harness.ts";
import { fakeClient } from "../testing/fakeClient.ts";
import { until } from "../testing/testClient.ts";
import { createRooms } from "./rooms.ts";
import { createRoomTopics } from "./roomTopics.ts";
import { createTimerWheel } from "./timerWheel.ts";

let node: TestNode;

const publish = (notification: object) => node.broker.publish("events", JSON.stringify(notification));

describe("rooms", () => {
  afterEach(() => node.stop());

  test("the catalogue needs no token; each product event reaches a member once", async () => {
    node = await startNode();
    const members = await Promise.all([ADMIN, SELLER_1, SELLER_2, CLIENT_7].map((who) => node.connect(who)));
    for (const member of members) {
      member.send({ type: "JOIN", room: "catalog" });
      expect(await member.next("JOINED")).toEqual({ type: "JOINED", room: "catalog" });
    }
    await publish({ type: "PRODUCT_CREATED", seller_id: "1", metadata: { product_id: "5" } });
    await node.broker.publish("ws:room:catalog", '{"hello":1}');
    for (const member of members) {
      expect(await member.next("ROOM_MESSAGE")).toEqual({
        type: "ROOM_MESSAGE",
        room: "catalog",
        payload: { hello: 1 },
      });
      await member.next("PRODUCT_CREATED");
      await member.settle();
      expect(member.ofType("PRODUCT_CREATED")).toHaveLength(1);
    }
    members[3]?.send({ type: "LEAVE", room: "catalog" });
    await members[3]?.settle();
    await publish({ type: "PRODUCT_DELETED", seller_id: "1", metadata: { product_id: "5" } });
    await members[2]?.next("PRODUCT_DELETED");
    await members[3]?.settle();
    expect(members[3]?.ofType("PRODUCT_DELETED")).toEqual([]);
  });

  test("one of a seller's sockets that leaves the catalogue, and leaves again, takes nothing from the other", async () => {
    node = await startNode();
    const [leaving, staying] = [await node.connect(SELLER_2), await node.connect(SELLER_2)];
    for (const socket of [leaving, staying]) {
      socket.send({ type: "JOIN", room: "catalog" });
      await socket.next("JOINED");
    }
    leaving.send({ type: "LEAVE", room: "catalog" });
    leaving.send({ type: "LEAVE", room: "catalog" });
    await leaving.settle();
    await publish({ type: "PRODUCT_CREATED", seller_id: "1", metadata: { product_id: "5" } });
    await staying.next("PRODUCT_CREATED");
    await leaving.settle();
    expect(leaving.ofType("PRODUCT_CREATED")).toEqual([]);
  });

  test("another room needs the room token of this room and this user", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    const wrong = [
      undefined,
      await roomTokenFor("order-8", CLIENT_7),
      await roomTokenFor("order-9", { ...CLIENT_7, user_id: "8" }),
      await roomTokenFor("order-9", CLIENT_7, "another secret of at least 32 bytes!!"),
      await tokenFor(CLIENT_7),
      // The same user, when they were an administrator.
      await roomTokenFor("order-9", { ...CLIENT_7, role: "ADMIN" }),
    ];
    for (const token of wrong) {
      client.send({ type: "JOIN", room: "order-9", ...(token === undefined ? {} : { token }) });
      const code = token === undefined ? "FORBIDDEN" : "INVALID_TOKEN";
      expect(await client.next("ERROR")).toMatchObject({ code, room: "order-9" });
    }
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", CLIENT_7) });
    await client.next("JOINED");
    await node.broker.publish("ws:room:order-9", '"hola"');
    await node.broker.publish("ws:room:order-8", '"no"');
    expect(await client.next("ROOM_MESSAGE")).toEqual({ type: "ROOM_MESSAGE", room: "order-9", payload: "hola" });
    expect(client.ofType("JOINED")).toHaveLength(1);
  });

  test("members learn who is there and who is typing", async () => {
    node = await startNode();
    const [client, seller] = [await node.connect(CLIENT_7), await node.connect(SELLER_1)];
    client.send({ type: "TYPING", room: "order-9" });
    const refused = await client.next("ERROR");
    expect([refused["code"], "room" in refused]).toEqual(["FORBIDDEN", false]);
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", CLIENT_7) });
    seller.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", SELLER_1) });
    await until(
      () => client.frames.some((frame) => frame.type === "PRESENCE" && (frame["users"] as string[]).length === 2),
      "PRESENCE of two",
    );
    expect(client.ofType("PRESENCE").at(-1)).toEqual({ type: "PRESENCE", room: "order-9", users: ["11", "7"] });
    client.send({ type: "TYPING", room: "order-9" });
    expect(await seller.next("TYPING")).toEqual({ type: "TYPING", room: "order-9", user_id: "7" });
    client.close();
    await until(
      () => JSON.stringify(seller.frames.at(-1)) === '{"type":"PRESENCE","room":"order-9","users":["11"]}',
      "PRESENCE of one",
    );
  });

  test("are limited in number", async () => {
    node = await startNode({ MAX_ROOMS_PER_SOCKET: "1" });
    const client = await node.connect(CLIENT_7);
    client.send({ type: "JOIN", room: "catalog" });
    await client.next("JOINED");
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", CLIENT_7) });
    expect(await client.next("ERROR")).toMatchObject({ code: "TOO_MANY_ROOMS", room: "order-9" });
    client.send({ type: "JOIN", room: "catalog" });
    expect(await client.next("JOINED")).toMatchObject({ room: "catalog" });
    client.send({ type: "LEAVE", room: "catalog" });
    client.send({ type: "TYPING", room: "catalog" });
    expect(await client.next("ERROR")).toMatchObject({ code: "FORBIDDEN" });
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", CLIENT_7) });
    expect(await client.next("JOINED")).toMatchObject({ room: "order-9" });
  });
});

describe("rooms, on a clock of their own", () => {
  function setUp() {
    const clock = { time: 1_000_000 };
    const now = () => clock.time;
    const wheel = createTimerWheel(now);
    const told: string[] = [];
    const tell = (_topic: string, text: string) => void told.push(text);
    const rooms = createRooms({ roomTopics: createRoomTopics(), publish: tell, wheel, now });
    return {
      rooms,
      told,
      member: (user_id: string) => {
        const client = fakeClient({ user_id });
        const toOthers = (_topic: string, text: string) => told.push(`others: ${text}`);
        return Object.assign(client, { socket: { ...client.socket, publish: toOthers } });
      },
      pass: (milliseconds: number) => {
        for (const end = clock.time + milliseconds; clock.time <= end; clock.time += 50) wheel.turn();
      },
      stop: () => wheel.stop(),
    };
  }

  test("PRESENCE comes once for all who came at once, names a hundred, and nobody in the catalogue", () => {
    const { rooms, told, member, pass, stop } = setUp();
    for (let user = 100; user < 201; user += 1) {
      const client = member(String(user));
      rooms.join(client, "order-9");
      rooms.join(client, "order-9");
      rooms.join(client, "catalog");
    }
    pass(1_000);
    const users = Array.from({ length: 100 }, (_, index) => String(100 + index));
    expect(told.map((text) => JSON.parse(text) as unknown)).toEqual([{ type: "PRESENCE", room: "order-9", users }]);
    stop();
  });

  test("TYPING goes to the others, once a second from each", () => {
    const { rooms, told, member, pass, stop } = setUp();
    const [one, other] = [member("7"), member("8")];
    const told7 = 'others: {"type":"TYPING","room":"order-9","user_id":"7"}';
    for (const client of [one, one, other]) rooms.typing(client, "order-9");
    expect(told).toEqual([told7, told7.replace("7", "8")]);
    pass(1_100);
    rooms.typing(one, "order-9");
    expect(told.at(2)).toBe(told7);
    stop();
  });
});
