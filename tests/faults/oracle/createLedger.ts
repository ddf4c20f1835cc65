import type { Audience } from "@espigon/event_contracts";
import type { ModelClient } from "../model/createModelClient.ts";

/** A client as far as it is told things. */
export type Hearer = Pick<ModelClient, "name" | "audiences" | "takeTold" | "resyncedUpTo">;

/** What the log owes to whom, struck as it is told: it holds what is open, however long the log. */
export type Ledger = {
  /** The log tells this audience at `seq` that a key is stale. Seqs come in order. */
  readonly owe: (audience: Audience, key: string, seq: number) => void;
  /** Strikes what was told. What is told ahead of `head`, the last seq that was owed, is kept for later. */
  readonly settle: (head: number) => void;
  /** What a client has not been told, in words: losses, once everything is at rest. */
  readonly missingOf: (client: Hearer) => readonly string[];
};

type Account = {
  readonly client: Hearer;
  /** Newest seq by key, of what is open. */
  readonly owed: Map<string, number>;
  /** Newest seq by key, told ahead of the log. */
  readonly ahead: Map<string, number>;
};

export function createLedger(clients: readonly Hearer[]): Ledger {
  const accounts = new Map(
    clients.map((client): [Hearer, Account] => [client, { client, owed: new Map(), ahead: new Map() }]),
  );
  const listeners = new Map<Audience, Account[]>();
  for (const account of accounts.values()) {
    for (const audience of account.client.audiences) {
      listeners.set(audience, [...(listeners.get(audience) ?? []), account]);
    }
  }

  return {
    owe(audience, key, seq) {
      for (const { owed } of listeners.get(audience) ?? []) owed.set(key, seq);
    },
    settle(head) {
      for (const { client, owed, ahead } of accounts.values()) {
        for (const [key, seq] of client.takeTold()) ahead.set(key, Math.max(ahead.get(key) ?? 0, seq));
        const resynced = client.resyncedUpTo();
        for (const [key, seq] of owed) if (Math.max(resynced, ahead.get(key) ?? 0) >= seq) owed.delete(key);
        for (const [key, seq] of ahead) if (seq <= head) ahead.delete(key);
      }
    },
    missingOf(client) {
      const owed = accounts.get(client)?.owed ?? new Map<string, number>();
      return Array.from(owed, ([key, seq]) => `${client.name} was not told of ${key} at ${seq}`);
    },
  };
}
