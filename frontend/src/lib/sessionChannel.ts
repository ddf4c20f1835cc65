export type SessionMessage = "signed_in" | "signed_out";

/** What the tabs of a browser share about the login, which is one for all of them: the cookie. */
export type SessionChannel = {
  /** One tab at a time: two that rotate one refresh token at once would look like a theft. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** To the other tabs. */
  readonly tell: (message: SessionMessage) => void;
  /** From the other tabs. */
  readonly onMessage: (listener: (message: SessionMessage) => void) => void;
};

const NAME = "espigon-session";

/** By Web Locks and a BroadcastChannel; where the page has none (plain http on a network), each tab for itself. */
export function browserSessionChannel(): SessionChannel {
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined;
  return {
    exclusively: (run) => ("locks" in navigator ? navigator.locks.request(`${NAME}-refresh`, run) : run()),
    tell(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin by itself
      channel?.postMessage(message);
    },
    onMessage(listener) {
      channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => listener(data));
    },
  };
}
