import { DomainEvent } from "@espigon/event_contracts";

/** A domain event as the outbox and the log keep it, read with `EVENT_COLUMNS`. */
export type EventRow = {
  readonly type: string;
  readonly at: string;
  readonly day: string;
  readonly actor: unknown;
  readonly seller_id: string | null;
  readonly client_id: string | null;
  readonly order_id: string | null;
  readonly metadata: unknown;
  readonly payload: unknown;
};

/** Ids come as text, as they are on the wire; `at` keeps its microseconds. */
export const EVENT_COLUMNS = `type, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, day, actor,
  seller_id::text, client_id::text, order_id::text, metadata, payload`;

/** The event of a row; `undefined` for one that is of no known type or does not fit its schema. */
export function parseEvent(row: EventRow): DomainEvent | undefined {
  const { seller_id, client_id, order_id, ...rest } = row;
  const result = DomainEvent.safeParse({
    ...rest,
    ...(seller_id === null ? {} : { seller_id }),
    ...(client_id === null ? {} : { client_id }),
    ...(order_id === null ? {} : { order_id: Number(order_id) }),
  });
  return result.success ? result.data : undefined;
}

/** An event with its place in the log. `event` is absent where `parseEvent` made nothing of the row. */
export type NumberedEvent = { readonly seq: number; readonly event: DomainEvent | undefined };
