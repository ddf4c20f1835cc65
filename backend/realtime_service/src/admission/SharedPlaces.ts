/** Of what connections are counted: a user or an IP address. */
export type PlaceKind = "user" | "address";

/** How many connections of one user or address a node holds. */
export type PlaceHeld = { readonly kind: PlaceKind; readonly name: string; readonly held: number };

/** Counts the connections of users and addresses over all nodes. */
export type SharedPlaces = {
  /**
   * Says how many this node would hold, with one more. Resolves to what is full over all nodes, in which case nothing has changed; or
   * `undefined`, also when the count cannot be had within 2 s: then the node's own limits stand alone.
   */
  claim(claims: readonly (PlaceHeld & { readonly limit: number })[]): Promise<PlaceKind | undefined>;
  /** Tells what this node holds now. Never throws and never waits. */
  tell(counts: readonly PlaceHeld[]): void;
  close(): void;
};

/** For a node that is alone. */
export const noSharedPlaces: SharedPlaces = {
  claim: async () => undefined,
  tell: () => {},
  close: () => {},
};
