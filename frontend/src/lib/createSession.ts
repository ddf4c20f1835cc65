import { type Cancel, type Scheduler, systemScheduler } from "@espigon/realtime_client";
import { ApiError } from "./ApiError.ts";
import { LoginAnswer, type User } from "./resources.ts";
import { type FetchLike, sendRequest } from "./sendRequest.ts";
import type { Session, SessionState } from "./Session.ts";
import type { SessionChannel } from "./sessionChannel.ts";
import type { SessionMemory } from "./sessionMemory.ts";

const TIMEOUT_MS = 15_000;
/** Renewed this long before the end, so that no request carries a token that ends under way. */
const RENEW_BEFORE_MS = 60_000;
const RETRY_MS = 5_000;
/** How often a start without an answer is repeated before the login page is shown. */
const START_ATTEMPTS = 4;

export type SessionDeps = {
  readonly apiUrl: string;
  readonly fetch: FetchLike;
  readonly channel: SessionChannel;
  readonly memory: SessionMemory;
  readonly scheduler?: Scheduler;
};

type Held = { readonly token: string; readonly endsAt: number };

export function createSession(deps: SessionDeps): Session {
  const { apiUrl, fetch, channel, memory, scheduler = systemScheduler } = deps;
  const listeners = new Set<() => void>();
  const tokenListeners = new Set<(token: string) => void>();
  let state: SessionState = { status: "loading", user: null };
  let held: Held | null = null;
  let renewal: Promise<string | null> | null = null;
  let resumed = false;
  /** Counts logins and logouts: a renewal that began before one of them has nothing to say any more. */
  let era = 0;
  let cancelRenewal: Cancel = () => {};

  const setState = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const post = (path: string, body?: unknown, token?: string | null): Promise<unknown> =>
    sendRequest(
      fetch,
      `${apiUrl}/api/auth/${path}`,
      {
        method: "POST",
        credentials: "include",
        headers: {
          "content-type": "application/json",
          ...(token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body ?? {}),
      },
      TIMEOUT_MS,
    );

  const signIn = (answer: unknown): User => {
    const { access_token, expires_in, user } = LoginAnswer.parse(answer);
    const lifeMs = expires_in * 1_000;
    held = { token: access_token, endsAt: scheduler.now() + lifeMs };
    memory.remember(true);
    renewAfter(Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS));
    if (state.user === null || JSON.stringify(state.user) !== JSON.stringify(user))
      setState({ status: "signed_in", user });
    for (const listener of tokenListeners) listener(access_token);
    return user;
  };
  const signOut = (ended: boolean): void => {
    era += 1;
    cancelRenewal();
    held = null;
    setState({ status: "anonymous", user: null, ended });
  };
  const renewAfter = (delayMs: number): void => {
    cancelRenewal();
    cancelRenewal = scheduler.after(delayMs, () => {
      renew().catch(() => renewAfter(RETRY_MS));
    });
  };

  const renew = (): Promise<string | null> => {
    renewal ??= renewOnce().finally(() => {
      renewal = null;
    });
    return renewal;
  };
  const renewOnce = async (): Promise<string | null> => {
    const mine = era;
    try {
      const answer = await channel.exclusively(() => post("refresh"));
      if (mine === era) signIn(answer);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (mine === era) {
        memory.remember(false);
        signOut(state.status === "signed_in");
      }
    }
    return held?.token ?? null;
  };
  const start = async (attempt: number): Promise<void> => {
    const mine = era;
    try {
      await renew();
    } catch {
      if (mine !== era) return;
      if (attempt >= START_ATTEMPTS) signOut(false);
      else scheduler.after(500 * 2 ** attempt, () => void start(attempt + 1));
    }
  };

  channel.onMessage((message) => {
    if (message === "signed_out" && state.status === "signed_in") signOut(true);
    if (message === "signed_in" && state.status !== "signed_in") void renew().catch(() => {});
  });

  const getToken: Session["getToken"] = async (options) => {
    if (held === null) return null;
    const fresh = held.endsAt > scheduler.now();
    return options?.refresh === true || !fresh ? renew() : held.token;
  };

  const enter = async (path: string, body: unknown): Promise<User> => {
    const answer = await post(path, body);
    era += 1;
    const user = signIn(answer);
    channel.tell("signed_in");
    return user;
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resume() {
      if (resumed) return;
      resumed = true;
      if (memory.isKnown()) void start(1);
      else signOut(false);
    },
    login: (email, password) => enter("login", { email, password }),
    register: (registration) => enter("register", registration),
    async changePassword(present, next) {
      const body = { current_password: present, new_password: next };
      const token = await getToken();
      // The cookie's session ends before the answer brings the next one: a tab that renewed between would be led out.
      const answer = await channel.exclusively(() => post("password", body, token));
      era += 1;
      signIn(answer);
      channel.tell("signed_in");
    },
    async logout() {
      await post("logout").catch(() => {});
      memory.remember(false);
      signOut(false);
      channel.tell("signed_out");
    },
    getToken,
    onToken(listener) {
      tokenListeners.add(listener);
      return () => tokenListeners.delete(listener);
    },
  };
}

/** The server has looked at the cookie and does not take it; a lost or late answer says nothing about it. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.status === 403 || error.status === 400);
}
