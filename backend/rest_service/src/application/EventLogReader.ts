import type { Actor } from "@espigon/event_contracts";

/** One domain event of the log as ADMIN reads it. */
export type LogRecord = {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: Actor;
  readonly seller_id?: string;
  readonly client_id?: string;
  readonly order_id?: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type EventLogReader = {
  /** Events with `seq > after`, oldest first, at most `limit`; only those of `type` when it is given. */
  read(query: { after: number; limit: number; type: string | undefined }): Promise<readonly LogRecord[]>;
};
