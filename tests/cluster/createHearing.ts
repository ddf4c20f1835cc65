/** What one listener knows: orders that it was told of, and up to where it was told to read all anew. */
export type Hearing = {
  readonly tellOrder: (id: number, seq: number) => void;
  readonly tellResync: (seq: number) => void;
};

/** What all listeners know. A resync covers every order up to its seq, which whoever heard of the order knows. */
export function createHearing() {
  const seqOf = new Map<number, number>();
  const listeners: { readonly name: string; readonly heard: Set<number>; resynced: number }[] = [];
  return {
    listen(name: string): Hearing {
      const listener = { name, heard: new Set<number>(), resynced: 0 };
      listeners.push(listener);
      return {
        tellOrder(id, seq) {
          listener.heard.add(id);
          seqOf.set(id, Math.max(seq, seqOf.get(id) ?? 0));
        },
        tellResync(seq) {
          listener.resynced = Math.max(seq, listener.resynced);
        },
      };
    },
    /** Orders of `concerning(name)` that a listener does not know of. */
    unheard: (concerning: (name: string) => readonly number[]) =>
      listeners
        .map(({ name, heard, resynced }) => ({
          name,
          orders: concerning(name).filter(
            (id) => !heard.has(id) && (seqOf.get(id) ?? Number.POSITIVE_INFINITY) > resynced,
          ),
        }))
        .filter(({ orders }) => orders.length > 0),
  };
}
