/**
 * Remembers, without any secret, that this browser has a session: nobody who never logged in is asked for a cookie, and
 * a logout holds even when the server could not be told of it.
 */
export type SessionMemory = {
  readonly isKnown: () => boolean;
  readonly remember: (known: boolean) => void;
};

const STORAGE_KEY = "espigon-session";

/** Where storage is forbidden, the server is always asked. */
export function browserSessionMemory(): SessionMemory {
  return {
    isKnown() {
      try {
        return localStorage.getItem(STORAGE_KEY) !== null;
      } catch {
        return true;
      }
    },
    remember(known) {
      try {
        if (known) localStorage.setItem(STORAGE_KEY, "1");
        else localStorage.removeItem(STORAGE_KEY);
      } catch {
        // Storage is forbidden: see above.
      }
    },
  };
}
