import { describe, expect, test } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { ApiError } from "./ApiError.ts";
import { createSession, type SessionDeps } from "./createSession.ts";
import type { SessionChannel, SessionMessage } from "./sessionChannel.ts";

const USER = { id: "7", name: "Rosa", role: "SELLER", seller_id: "1" } as const;
type Reply = { readonly status: number; readonly body: object } | "no answer";
const granted = (token: string, expires_in = 900): Reply => ({
  status: 200,
  body: { access_token: token, expires_in, user: USER },
});
const refused = (status: number, code: string): Reply => ({
  status,
  body: { type: "about:blank", title: code, status, code },
});

type Shared = Pick<SessionDeps, "fetch"> & Pick<SessionChannel, "exclusively">;

function setUp(replies: Reply[], known = true, shared?: Shared) {
  const scheduler = createFakeScheduler();
  const paths: string[] = [];
  const told: SessionMessage[] = [];
  let held: Promise<void> = Promise.resolve();
  let hear: (message: SessionMessage) => void = () => {};
  let remembered = known;
  const session = createSession({
    apiUrl: "http://rest.test",
    scheduler,
    memory: {
      isKnown: () => remembered,
      remember: (next) => {
        remembered = next;
      },
    },
    fetch:
      shared?.fetch ??
      (async (url, init) => {
        paths.push(new URL(url).pathname);
        expect(init.credentials).toBe("include");
        const reply = replies.shift() ?? "no answer";
        if (url.endsWith("/refresh")) await held;
        if (reply === "no answer") throw new TypeError("network");
        return Response.json(reply.body, { status: reply.status });
      }),
    channel: {
      exclusively: shared?.exclusively ?? ((run) => run()),
      tell: (message) => told.push(message),
      onMessage: (listener) => {
        hear = listener;
      },
    },
  });
  /** Real promises of `Response` need more than microtasks: wait until nothing is under way. */
  const settle = async (ms = 0) => {
    await scheduler.advance(ms);
    for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  /** Refresh gets no answer until the returned function is called. */
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    return resolve;
  };
  return {
    session,
    hold,
    scheduler,
    paths,
    told,
    settle,
    hear: (message: SessionMessage) => hear(message),
    isRemembered: () => remembered,
  };
}

describe("a session", () => {
  test("goes on with the tokens that a change of the password brings", async () => {
    const { session, paths, settle } = setUp([granted("a"), granted("b")]);
    session.resume();
    await settle();
    await session.changePassword("old", "new");
    expect(paths.at(-1)).toBe("/api/auth/password");
    expect(await session.getToken()).toBe("b");
  });

  test("another tab that is told of the end of the old session before the new cookie is there stays logged in", async () => {
    const answered = Promise.withResolvers<void>();
    const server = { valid: "before", cookie: "before" };
    const fetch = async (url: string): Promise<Response> => {
      if (url.endsWith("/password")) {
        server.valid = "after";
        await answered.promise;
        server.cookie = "after";
      }
      const reply = server.cookie === server.valid ? granted(server.valid) : refused(401, "UNAUTHENTICATED");
      return reply === "no answer" ? Response.error() : Response.json(reply.body, { status: reply.status });
    };
    let last: Promise<unknown> = Promise.resolve();
    const exclusively = <Result>(run: () => Promise<Result>): Promise<Result> => {
      const mine = last.then(run, run);
      last = mine;
      return mine;
    };
    const [tab, other] = [setUp([], true, { fetch, exclusively }), setUp([], true, { fetch, exclusively })] as const;
    tab.session.resume();
    other.session.resume();
    await tab.settle();
    const change = tab.session.changePassword("old", "new");
    await tab.settle();
    const renewed = other.session.getToken({ refresh: true });
    await other.settle();
    answered.resolve();
    await change;
    expect(await renewed).toBe("after");
    expect([other.session.state().status, other.isRemembered(), tab.told]).toEqual(["signed_in", true, ["signed_in"]]);
  });

  test("stays as it is when the password is not changed", async () => {
    const { session, settle } = setUp([granted("a"), refused(403, "INVALID_CREDENTIALS")]);
    session.resume();
    await settle();
    expect(await session.changePassword("wrong", "new").catch((error: unknown) => error)).toBeInstanceOf(ApiError);
    expect([session.state().status, await session.getToken()]).toEqual(["signed_in", "a"]);
  });

  test("is taken up again from the cookie", async () => {
    const { session, paths, settle } = setUp([granted("a")]);
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
    const { session, paths, settle } = setUp([granted("a")], false);
    session.resume();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(paths).toEqual([]);
  });

  test("is remembered from the login until it ends, and not forgotten for want of an answer", async () => {
    const { session, settle, isRemembered } = setUp(
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
    const { session, settle } = setUp([refused(401, "UNAUTHENTICATED")]);
    session.resume();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(await session.getToken()).toBeNull();
  });

  test("a start without an answer is tried again before the login page is shown", async () => {
    const { session, settle } = setUp(["no answer", "no answer", granted("a")]);
    session.resume();
    await settle();
    expect(session.state().status).toBe("loading");
    await settle(1_000);
    await settle(2_000);
    expect(session.state().status).toBe("signed_in");
  });

  test("a start that never gets an answer ends at the login page, where nothing has ended", async () => {
    const { session, paths, settle } = setUp([]);
    session.resume();
    for (const ms of [0, 1_000, 2_000, 4_000, 60_000]) await settle(ms);
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(paths).toHaveLength(4);
  });

  test("a login is not undone by the last try of a start that gets no answer", async () => {
    const { session, settle, hold } = setUp(["no answer", "no answer", "no answer", "no answer", granted("a")]);
    session.resume();
    for (const ms of [0, 1_000, 2_000]) await settle(ms);
    const release = hold();
    await settle(4_000);
    await session.login("rosa@espigon.test", "secret");
    release();
    await settle();
    expect(session.state().status).toBe("signed_in");
  });

  test("is renewed at half of its life where that is short, and once for each token", async () => {
    const { session, paths, settle } = setUp([granted("a", 900), granted("b", 40), granted("c", 900)]);
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
    const { session, settle } = setUp([granted("a")]);
    await session.login("rosa@espigon.test", "secret");
    await settle(900_000);
    expect(await session.getToken().catch(() => "no token")).toBe("no token");
  });

  test("tells of another user behind the cookie, and not of the same one again", async () => {
    const other = { ...USER, id: "8", name: "Luis", seller_id: "2" } as const;
    const answer = { access_token: "c", expires_in: 900, user: other };
    const { session } = setUp([granted("a"), granted("b"), { status: 200, body: answer }]);
    await session.login("rosa@espigon.test", "secret");
    const told: unknown[] = [];
    session.subscribe(() => told.push(session.state()));
    await session.getToken({ refresh: true });
    await session.getToken({ refresh: true });
    expect(told).toEqual([{ status: "signed_in", user: other }]);
  });

  test("is renewed a minute before its token ends, and hands the new one on", async () => {
    const { session, paths, settle } = setUp([granted("a"), granted("b")]);
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
    const { session, paths } = setUp([granted("a"), granted("b")]);
    await session.login("rosa@espigon.test", "secret");
    const both = await Promise.all([session.getToken({ refresh: true }), session.getToken({ refresh: true })]);
    expect(both).toEqual(["b", "b"]);
    expect(paths).toHaveLength(2);
  });

  test("a renewal without an answer keeps the session and is tried again", async () => {
    const { session, settle } = setUp([granted("a"), "no answer", granted("b")]);
    await session.login("rosa@espigon.test", "secret");
    await settle(840_000);
    expect(session.state().status).toBe("signed_in");
    await settle(5_000);
    expect(await session.getToken()).toBe("b");
  });

  test.each([429, 500, 503])("a renewal that is answered %i keeps the session", async (status) => {
    const { session } = setUp([granted("a"), refused(status, "UNAVAILABLE")]);
    await session.login("rosa@espigon.test", "secret");
    expect(await session.getToken({ refresh: true }).catch(() => "not now")).toBe("not now");
    expect(await session.getToken()).toBe("a");
  });

  test("a renewal that is refused ends it", async () => {
    const { session, settle } = setUp([granted("a"), refused(401, "UNAUTHENTICATED")]);
    await session.login("rosa@espigon.test", "secret");
    expect(await session.getToken({ refresh: true })).toBeNull();
    await settle();
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: true });
  });

  test("a wrong password changes nothing and is told by its code", async () => {
    const { session, settle } = setUp([refused(401, "UNAUTHENTICATED"), refused(401, "INVALID_CREDENTIALS")]);
    session.resume();
    await settle();
    const error = await session.login("rosa@espigon.test", "wrong").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 401, code: "INVALID_CREDENTIALS" });
    expect(session.state().status).toBe("anonymous");
  });

  test("a logout ends it in all tabs, also when the server does not answer", async () => {
    const { session, told, scheduler, isRemembered } = setUp([granted("a"), "no answer"]);
    await session.login("rosa@espigon.test", "secret");
    await session.logout();
    expect(isRemembered()).toBe(false);
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
    expect(told).toEqual(["signed_in", "signed_out"]);
    expect(scheduler.pending()).toBe(0);
  });

  test("a login is not undone by the refusal of a renewal that began before it", async () => {
    const { session, settle, hold } = setUp([refused(401, "UNAUTHENTICATED"), granted("a")]);
    const release = hold();
    session.resume();
    await session.login("rosa@espigon.test", "secret");
    release();
    await settle();
    expect(session.state().status).toBe("signed_in");
  });

  test("a logout is not undone by a renewal that began before it", async () => {
    const { session, settle, hold } = setUp([granted("a"), granted("b"), { status: 200, body: {} }]);
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
    const { session, paths, settle, hear } = setUp([granted("a"), granted("b"), granted("c")]);
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
    const { session, hear } = setUp([], false);
    session.resume();
    hear("signed_out");
    expect(session.state()).toEqual({ status: "anonymous", user: null, ended: false });
  });
});
