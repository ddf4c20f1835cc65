import { describe, expect, test } from "bun:test";
import { ApiError } from "./ApiError.ts";
import { granted, refused, setUpSession } from "./setUpSession.ts";

describe("a session whose password is changed", () => {
  test("goes on with the tokens that a change of the password brings", async () => {
    const { session, paths, settle } = setUpSession([granted("a"), granted("b")]);
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
    const [tab, other] = [
      setUpSession([], true, { fetch, exclusively }),
      setUpSession([], true, { fetch, exclusively }),
    ] as const;
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
    const { session, settle } = setUpSession([granted("a"), refused(403, "INVALID_CREDENTIALS")]);
    session.resume();
    await settle();
    expect(await session.changePassword("wrong", "new").catch((error: unknown) => error)).toBeInstanceOf(ApiError);
    expect([session.state().status, await session.getToken()]).toEqual(["signed_in", "a"]);
  });
});
