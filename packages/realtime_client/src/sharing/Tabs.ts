import type { Cancel } from "../Scheduler.ts";

/** What the tabs of one browser have in common, for one name. */
export type Tabs = {
  /**
   * Waits for the one lock of this name. `onHeld` comes when it is this tab's, `onLost` when another has taken it away.
   * With `steal` it is taken from whoever holds it. Returns what gives it back, or ends the wait.
   */
  readonly lock: (name: string, options: { readonly steal: boolean }, lock: TabLock) => Cancel;
  /** Messages to and from all other tabs, in the order in which each sent them. */
  readonly open: (name: string, onMessage: (message: unknown) => void) => TabChannel;
};

export type TabLock = { readonly onHeld: () => void; readonly onLost: () => void };

export type TabChannel = { readonly post: (message: unknown) => void; readonly close: () => void };
