/** How many entries a log keeps unless told otherwise. */
export const DEFAULT_WINDOW = 100_000;
