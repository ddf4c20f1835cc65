export type SessionMessage = "signed_in" | "signed_out";

/** What the tabs of a browser share about the login, which is one for all of them: the cookie. */
export type SessionChannel = {
  /** One tab at a time changes the cookie: two that rotate one refresh token at once would look like a theft. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** To the other tabs. */
  readonly tell: (message: SessionMessage) => void;
  /** From the other tabs. */
  readonly onMessage: (listener: (message: SessionMessage) => void) => void;
};

const NAME = "espigon-session";
/** Longer than any tab needs that is not frozen, in milliseconds. */
const LOCK_WAIT_MS = 20_000;

/**
 * By Web Locks and a BroadcastChannel; where the page has none (plain http on a network), each tab for itself. A tab that
 * was frozen while it held the lock holds it for as long: then others go on without, which the server bears for a while.
 */
export function browserSessionChannel(lockWaitMs = LOCK_WAIT_MS): SessionChannel {
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined;
  return {
    async exclusively(run) {
      if (!("locks" in navigator)) return run();
      let held = false;
      const runLocked = () => {
        held = true;
        return run();
      };
      try {
        return await navigator.locks.request(`${NAME}-refresh`, { signal: AbortSignal.timeout(lockWaitMs) }, runLocked);
      } catch (error) {
        if (held) throw error;
        return run();
      }
    },
    tell(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin by itself
      channel?.postMessage(message);
    },
    onMessage(listener) {
      channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => listener(data));
    },
  };
}
