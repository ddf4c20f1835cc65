import { describe, expect, test } from "bun:test";
import { ApiError } from "./ApiError.ts";
import { granted, refused, setUpSession, USER } from "./setUpSession.ts";

describe("a session", () => {
  test("is taken up again from the cookie", async () => {
    const { session, paths, settle } = setUpSession([granted("a")]);
    expect(session.state().status).toBe("loading");
    session.resume();
    session.resume();
    await settle();
    expect(session.state()).toEqual({ status: "signed_in", user: USER });
    expect(await session.getToken()).toBe("a");
    session.resume();
    await settle();
    expect(paths).toEqual(["/api/auth/refresh"]);
  });

  test("a browser that never had one asks nobody", async () => {
    const { session, paths, settle } = setUpSession([granted("a")], false);
    session.resume();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(paths).toEqual([]);
  });

  test("is remembered from the login until it ends, and not forgotten for want of an answer", async () => {
    const { session, settle, isRemembered } = setUpSession(
      [granted("a"), "no answer", refused(401, "UNAUTHENTICATED")],
      false,
    );
    await session.login("rosa@espigon.test", "secret");
    expect(isRemembered()).toBe(true);
    await session.getToken({ refresh: true }).catch(() => {});
    expect(isRemembered()).toBe(true);
    await session.getToken({ refresh: true });
    await settle();
    expect(isRemembered()).toBe(false);
  });

  test("without a cookie nobody is logged in, and nothing has ended", async () => {
    const { session, settle } = setUpSession([refused(401, "UNAUTHENTICATED")]);
    session.resume();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(await session.getToken()).toBeNull();
  });

  test("a start without an answer is tried again before the login page is shown", async () => {
    const { session, settle } = setUpSession(["no answer", "no answer", granted("a")]);
    session.resume();
    await settle();
    expect(session.state().status).toBe("loading");
    await settle(1_000);
    await settle(2_000);
    expect(session.state().status).toBe("signed_in");
  });

  test("a start that never gets an answer ends at the login page, where nothing has ended", async () => {
    const { session, paths, settle } = setUpSession([]);
    session.resume();
    for (const ms of [0, 1_000, 2_000, 4_000, 60_000]) await settle(ms);
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(paths).toHaveLength(4);
  });

  test("a login is not undone by the last try of a start that gets no answer", async () => {
    const { session, settle, hold } = setUpSession(["no answer", "no answer", "no answer", "no answer", granted("a")]);
    session.resume();
    for (const ms of [0, 1_000, 2_000]) await settle(ms);
    const release = hold();
    await settle(4_000);
    await session.login("rosa@espigon.test", "secret");
    release();
    await settle();
    expect(session.state().status).toBe("signed_in");
  });

  test("tells of another user behind the cookie, and not of the same one again", async () => {
    const other = { ...USER, id: "8", name: "Luis", seller_id: "2" } as const;
    const answer = { access_token: "c", expires_in: 900, user: other };
    const { session } = setUpSession([granted("a"), granted("b"), { status: 200, body: answer }]);
    await session.login("rosa@espigon.test", "secret");
    const told: unknown[] = [];
    session.subscribe(() => told.push(session.state()));
    await session.getToken({ refresh: true });
    await session.getToken({ refresh: true });
    expect(told).toEqual([{ status: "signed_in", user: other }]);
  });

  test("a wrong password changes nothing and is told by its code", async () => {
    const { session, settle } = setUpSession([refused(401, "UNAUTHENTICATED"), refused(401, "INVALID_CREDENTIALS")]);
    session.resume();
    await settle();
    const error = await session.login("rosa@espigon.test", "wrong").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 401, code: "INVALID_CREDENTIALS" });
    expect(session.state().status).toBe("anonymous");
  });

  test("a logout ends it in all tabs, also when the server does not answer", async () => {
    const { session, told, scheduler, isRemembered } = setUpSession([granted("a"), "no answer"]);
    await session.login("rosa@espigon.test", "secret");
    await session.logout();
    expect(isRemembered()).toBe(false);
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(told).toEqual(["signed_in", "signed_out"]);
    expect(scheduler.pending()).toBe(0);
  });

  test("a login is not undone by the refusal of a renewal that began before it", async () => {
    const { session, settle, hold } = setUpSession([refused(401, "UNAUTHENTICATED"), granted("a")]);
    const release = hold();
    session.resume();
    await session.login("rosa@espigon.test", "secret");
    release();
    await settle();
    expect(session.state().status).toBe("signed_in");
  });

  test("a logout is not undone by a renewal that began before it", async () => {
    const { session, settle, hold } = setUpSession([granted("a"), granted("b"), { status: 200, body: {} }]);
    await session.login("rosa@espigon.test", "secret");
    const release = hold();
    const renewed = session.getToken({ refresh: true });
    await session.logout();
    release();
    expect(await renewed).toBeNull();
    await settle();
    expect(session.state().status).toBe("anonymous");
  });

  test("follows what other tabs do", async () => {
    const { session, paths, settle, hear } = setUpSession([granted("a"), granted("b"), granted("c")]);
    await session.login("rosa@espigon.test", "secret");
    hear("signed_out");
    expect(session.state().status).toBe("anonymous");
    hear("signed_in");
    await settle();
    expect(session.state().status).toBe("signed_in");
    hear("signed_in");
    await settle();
    expect(paths).toEqual(["/api/auth/login", "/api/auth/refresh"]);
  });

  test("which has not begun does not end in another tab", async () => {
    const { session, hear } = setUpSession([], false);
    session.resume();
    hear("signed_out");
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
  });
});
