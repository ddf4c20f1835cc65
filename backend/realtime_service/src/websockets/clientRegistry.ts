import type { Client } from "./client.ts";

export type ClientRegistry = Iterable<Client> & {
  readonly size: number;
  add(client: Client): void;
  remove(client: Client): void;
  /** The connections of one user. */
  ofUser(userId: string): Iterable<Client>;
};

/** The open connections of a node, by user. A user with one connection, as most are, costs no set. */
export function createClientRegistry(): ClientRegistry {
  const byUser = new Map<string, Client | Set<Client>>();
  let size = 0;

  const ofUser = (userId: string): Iterable<Client> => {
    const known = byUser.get(userId);
    if (known === undefined) return [];
    return known instanceof Set ? known : [known];
  };

  return {
    get size() {
      return size;
    },
    add(client) {
      const { user_id } = client.principal;
      const known = byUser.get(user_id);
      if (known === undefined) byUser.set(user_id, client);
      else if (known instanceof Set) known.add(client);
      else byUser.set(user_id, new Set([known, client]));
      size += 1;
    },
    remove(client) {
      const { user_id } = client.principal;
      const known = byUser.get(user_id);
      if (known instanceof Set ? !known.delete(client) : known !== client) return;
      if (known === client || (known instanceof Set && known.size === 0)) byUser.delete(user_id);
      size -= 1;
    },
    ofUser,
    *[Symbol.iterator]() {
      for (const userId of byUser.keys()) yield* ofUser(userId);
    },
  };
}
