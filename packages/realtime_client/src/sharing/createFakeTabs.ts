import type { Cancel, Scheduler } from "../Scheduler.ts";
import type { WebSocketConstructor } from "../transport.ts";
import type { TabLock, Tabs } from "./Tabs.ts";

/** One tab of a browser, with what happens to tabs. */
export type FakeTab = {
  readonly tabs: Tabs;
  /** The tab's own clock and sockets: they stand still with it. */
  readonly scheduler: Scheduler;
  readonly WebSocket: WebSocketConstructor;
  /** Nothing runs in it from now on; what comes meanwhile waits. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Gone without a word: its locks are free and its sockets closed. */
  readonly kill: () => void;
};

type Wait = { readonly owner: object; readonly lock: TabLock; readonly run: (task: () => void) => void };
type Member = { readonly run: (task: () => void) => void; readonly onMessage: (message: unknown) => void };

/** Locks and channels of a browser whose tabs do what a test tells them to. */
export function createFakeTabs(clock: Scheduler, Sockets: WebSocketConstructor): () => FakeTab {
  const holders = new Map<string, Wait>();
  const queues = new Map<string, Wait[]>();
  const channels = new Map<string, Set<Member>>();

  const grantNext = (name: string): void => {
    const next = queues.get(name)?.shift();
    if (next === undefined) holders.delete(name);
    else grant(name, next);
  };
  const grant = (name: string, wait: Wait): void => {
    holders.set(name, wait);
    wait.run(() => {
      if (holders.get(name) === wait) wait.lock.onHeld();
    });
  };
  const giveUp = (name: string, wait: Wait): void => {
    if (holders.get(name) === wait) grantNext(name);
    else
      queues.set(
        name,
        (queues.get(name) ?? []).filter((other) => other !== wait),
      );
  };

  return () => {
    const self = {};
    const kept = new Set<Cancel>();
    const sockets: { close: () => void }[] = [];
    let waiting: (() => void)[] | null = null;
    let dead = false;
    /** At once, or when the tab thaws. */
    const now = (task: () => void): void => {
      if (dead) return;
      if (waiting === null) task();
      else waiting.push(task);
    };
    const soon = (task: () => void): void => void clock.after(0, () => now(task));

    return {
      tabs: {
        lock(name, { steal }, lock) {
          const wait: Wait = { owner: self, lock, run: soon };
          const robbed = holders.get(name);
          if (steal || robbed === undefined) {
            grant(name, wait);
            robbed?.run(robbed.lock.onLost);
          } else queues.set(name, [...(queues.get(name) ?? []), wait]);
          const cancel = () => {
            kept.delete(cancel);
            giveUp(name, wait);
          };
          kept.add(cancel);
          return cancel;
        },
        open(name, onMessage) {
          const member: Member = { run: soon, onMessage };
          const members = channels.get(name) ?? new Set();
          channels.set(name, members.add(member));
          const close = () => void members.delete(member);
          kept.add(close);
          return {
            close,
            post(message) {
              if (!members.has(member)) return;
              const copy: unknown = structuredClone(message);
              for (const other of members) {
                if (other !== member) other.run(() => void (members.has(other) && other.onMessage(copy)));
              }
            },
          };
        },
      },
      scheduler: {
        now: clock.now,
        after(delayMs, run) {
          let cancelled = false;
          // What was cancelled does not run when the tab thaws, either.
          const cancel = clock.after(delayMs, () => now(() => void (cancelled || run())));
          return () => {
            cancelled = true;
            cancel();
          };
        },
      },
      WebSocket: function open(url: string, protocols: string[]) {
        const socket = new Sockets(url, protocols);
        sockets.push(socket);
        // A promise that had begun before it died.
        if (dead) socket.close();
        const listen = socket.addEventListener as (type: string, listener: (event: never) => void) => void;
        return {
          get readyState() {
            return socket.readyState;
          },
          send: socket.send,
          close: socket.close,
          addEventListener: (type: string, listener: (event: never) => void) =>
            listen(type, (event) => now(() => listener(event))),
        };
      } as unknown as WebSocketConstructor,
      freeze() {
        waiting ??= [];
      },
      thaw() {
        const tasks = waiting ?? [];
        waiting = null;
        for (const task of tasks) now(task);
      },
      kill() {
        dead = true;
        for (const cancel of kept) cancel();
        for (const socket of sockets) socket.close();
      },
    };
  };
}
