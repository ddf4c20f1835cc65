import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { z } from "zod";
import { createRestReader, type RestReaderDeps } from "./createRestReader.ts";
import { concernsViewerOnly, RestFailure } from "./RestFailure.ts";

const Answer = z.object({ as_of: z.int() });
const VIEWER = { token: "t", userId: "7", requestId: "request-1" };

function readerOver(fetch: RestReaderDeps["fetch"], overrides: Partial<RestReaderDeps> = {}) {
  const outcomes: string[] = [];
  const reader = createRestReader({
    baseUrl: "http://rest",
    timeoutMs: 1_000,
    maxInFlight: 2,
    maxPerUser: 2,
    fetch,
    observe: (outcome) => outcomes.push(outcome),
    logger: { warn: () => {} },
    now: () => 0,
    ...overrides,
  });
  return { reader, outcomes };
}

const failureOf = (read: Promise<unknown>): Promise<unknown> =>
  read.then(
    () => undefined,
    (error: unknown) => error,
  );

test("it sends the viewer's own token, follows no redirect and has a timeout", async () => {
  const seen: { url: string; init: RequestInit }[] = [];
  const { reader, outcomes } = readerOver(async (url, init) => {
    seen.push({ url, init });
    return Response.json({ as_of: 1 });
  });
  expect(await reader.read(Answer, "/internal/stats/days", VIEWER)).toEqual({ as_of: 1 });
  expect(seen[0]).toMatchObject({
    url: "http://rest/internal/stats/days",
    init: { redirect: "error", headers: { authorization: "Bearer t", "x-request-id": "request-1" } },
  });
  expect(seen[0]?.init.signal).toBeInstanceOf(AbortSignal);
  expect(outcomes).toEqual(["ok"]);
});

describe("an answer that is no answer", () => {
  test.each([
    [400, "INVALID_INPUT", "invalid"],
    [401, "UNAUTHENTICATED", "unauthenticated"],
    [401, "TOKEN_EXPIRED", "token_expired"],
    [403, "FORBIDDEN", "forbidden"],
    [404, "NOT_FOUND", "not_found"],
    [429, "RATE_LIMITED", "unavailable"],
    [500, "INTERNAL", "unavailable"],
    [503, "UNAVAILABLE", "unavailable"],
  ] as const)("%i %s is %s", async (status, code, kind) => {
    const problem = { type: "about:blank", title: "No", status, code };
    const { reader, outcomes } = readerOver(async () => Response.json(problem, { status }));
    expect(await failureOf(reader.read(Answer, "/x", VIEWER))).toMatchObject({ kind });
    expect(outcomes).toEqual([kind]);
  });

  test("whatever the status and the body, it is a typed failure or fits the schema", async () => {
    const status = fc.constantFrom(200, 201, 400, 401, 404, 418, 500, 502);
    await fc.assert(
      fc.asyncProperty(status, fc.oneof(fc.json(), fc.string()), async (given, body) => {
        const { reader } = readerOver(async () => new Response(body, { status: given }));
        const outcome = await reader.read(Answer, "/x", VIEWER).catch((error: unknown) => error);
        if (!(outcome instanceof RestFailure)) expect(Answer.safeParse(outcome).success && given < 300).toBe(true);
      }),
    );
  });

  test("a connection that fails is unavailable, with its cause for the log", async () => {
    const cause = new Error("refused");
    const { reader } = readerOver(() => Promise.reject(cause));
    expect(await failureOf(reader.read(Answer, "/x", VIEWER))).toMatchObject({ kind: "unavailable", cause });
  });
});

test("more reads at once than the limit are refused at once, and places come free again", async () => {
  const held: PromiseWithResolvers<Response>[] = [];
  const { reader } = readerOver(() => {
    const response = Promise.withResolvers<Response>();
    held.push(response);
    return response.promise;
  });
  const read = () => reader.read(Answer, "/x", VIEWER);
  const two = [read(), read()];
  expect(await failureOf(read())).toMatchObject({ kind: "unavailable" });
  for (const response of held) response.resolve(Response.json({ as_of: 1 }));
  await Promise.all(two);
  const third = read();
  held[2]?.resolve(Response.json({ as_of: 2 }));
  expect(await third).toEqual({ as_of: 2 });
});

test("one user has only so many reads under way, with whatever tokens, and leaves the rest to others", async () => {
  const held: PromiseWithResolvers<Response>[] = [];
  const { reader, outcomes } = readerOver(
    () => {
      const response = Promise.withResolvers<Response>();
      held.push(response);
      return response.promise;
    },
    { maxInFlight: 3 },
  );
  const own = [reader.read(Answer, "/x", VIEWER), reader.read(Answer, "/x", { ...VIEWER, token: "t2" })];
  expect(await failureOf(reader.read(Answer, "/x", { ...VIEWER, token: "t3" }))).toMatchObject({ kind: "busy" });
  const other = reader.read(Answer, "/x", { ...VIEWER, userId: "8" });
  for (const response of held) response.resolve(Response.json({ as_of: 1 }));
  expect(await Promise.all([...own, other])).toHaveLength(3);
  const later = reader.read(Answer, "/x", VIEWER);
  held[3]?.resolve(Response.json({ as_of: 2 }));
  expect(await later).toEqual({ as_of: 2 });
  expect(outcomes).toEqual(["ok", "ok", "ok", "ok"]);
});

test("only what the viewer brought about concerns it alone", () => {
  const kinds = [
    "unauthenticated",
    "token_expired",
    "forbidden",
    "not_found",
    "invalid",
    "busy",
    "unavailable",
  ] as const;
  expect(kinds.filter((kind) => concernsViewerOnly(new RestFailure(kind, "")))).toEqual([
    "unauthenticated",
    "token_expired",
    "forbidden",
    "busy",
  ]);
  expect(concernsViewerOnly(new Error("no"))).toBe(false);
});
