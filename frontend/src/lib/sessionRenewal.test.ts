import { describe, expect, test } from "bun:test";
import { granted, refused, setUpSession } from "./setUpSession.ts";

describe("a session", () => {
  test("is renewed at half of its life where that is short, and once for each token", async () => {
    const { session, paths, settle } = setUpSession([granted("a", 900), granted("b", 40), granted("c", 900)]);
    await session.login("rosa@espigon.test", "secret");
    await session.getToken({ refresh: true });
    await settle(19_000);
    expect(paths).toHaveLength(2);
    await settle(1_000);
    expect(paths).toHaveLength(3);
    await settle(830_000);
    expect(paths).toHaveLength(3);
  });

  test("a token that has ended is handed to nobody", async () => {
    const { session, settle } = setUpSession([granted("a")]);
    await session.login("rosa@espigon.test", "secret");
    await settle(900_000);
    expect(await session.getToken().catch(() => "no token")).toBe("no token");
  });

  test("is renewed a minute before its token ends, and hands the new one on", async () => {
    const { session, paths, settle } = setUpSession([granted("a"), granted("b")]);
    const tokens: string[] = [];
    session.onToken((token) => tokens.push(token));
    await session.login("rosa@espigon.test", "secret");
    await settle(839_000);
    expect(paths).toHaveLength(1);
    await settle(1_000);
    expect(paths).toEqual(["/api/auth/login", "/api/auth/refresh"]);
    expect(tokens).toEqual(["a", "b"]);
  });

  test("concurrent callers share one renewal", async () => {
    const { session, paths } = setUpSession([granted("a"), granted("b")]);
    await session.login("rosa@espigon.test", "secret");
    const both = await Promise.all([session.getToken({ refresh: true }), session.getToken({ refresh: true })]);
    expect(both).toEqual(["b", "b"]);
    expect(paths).toHaveLength(2);
  });

  test("a renewal without an answer keeps the session and is tried again", async () => {
    const { session, settle } = setUpSession([granted("a"), "no answer", granted("b")]);
    await session.login("rosa@espigon.test", "secret");
    await settle(840_000);
    expect(session.state().status).toBe("signed_in");
    await settle(5_000);
    expect(await session.getToken()).toBe("b");
  });

  test.each([429, 500, 503])("a renewal that is answered %i keeps the session", async (status) => {
    const { session } = setUpSession([granted("a"), refused(status, "UNAVAILABLE")]);
    await session.login("rosa@espigon.test", "secret");
    expect(await session.getToken({ refresh: true }).catch(() => "not now")).toBe("not now");
    expect(await session.getToken()).toBe("a");
  });

  test("a renewal that is refused ends it", async () => {
    const { session, settle } = setUpSession([granted("a"), refused(401, "UNAUTHENTICATED")]);
    await session.login("rosa@espigon.test", "secret");
    expect(await session.getToken({ refresh: true })).toBeNull();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: true });
  });
});
