/** Cuts a page out of a list that was read with one item too many; `next_cursor` is null at the end. */
export function pageOf<Item, Cursor>(
  found: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => Cursor,
): { page: Item[]; next_cursor: Cursor | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next_cursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
