export type LruMap<Value> = {
  readonly size: number;
  /** Reading an entry makes it the last to go. */
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
};

/** A map of at most `capacity` entries: the one that was not touched for longest goes first. */
export function createLruMap<Value>(capacity: number): LruMap<Value> {
  const entries = new Map<string, Value>();
  const touch = (key: string, value: Value) => {
    entries.delete(key);
    entries.set(key, value);
  };
  return {
    get size() {
      return entries.size;
    },
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) touch(key, value);
      return value;
    },
    set(key, value) {
      touch(key, value);
      const oldest = entries.keys().next();
      if (entries.size > capacity && !oldest.done) entries.delete(oldest.value);
    },
  };
}
