import { expect } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { createSession, type SessionDeps } from "./createSession.ts";
import type { SessionChannel, SessionMessage } from "./sessionChannel.ts";

export const USER = { id: "7", name: "Rosa", role: "SELLER", seller_id: "1" } as const;
export type Reply = { readonly status: number; readonly body: object } | "no answer";
export const granted = (token: string, expires_in = 900): Reply => ({
  status: 200,
  body: { access_token: token, expires_in, user: USER },
});
export const refused = (status: number, code: string): Reply => ({
  status,
  body: { type: "about:blank", title: code, status, code },
});

type Shared = Pick<SessionDeps, "fetch"> & Pick<SessionChannel, "exclusively">;

/** A session over a server that answers the requests of all paths with these replies, in turn. */
export function setUpSession(replies: Reply[], known = true, shared?: Shared) {
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
