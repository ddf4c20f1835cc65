import { AccessRevokedNotice, EVENTS_CHANNEL } from "@espigon/event_contracts";
import type { Broker, Unsubscribe } from "@espigon/event_feed";

/**
 * Hears which sessions other instances have ended, so that they are not believed here for the seconds that a good answer
 * is kept. A lost message costs no more than those seconds.
 */
export function followRevocations(
  broker: Pick<Broker, "subscribe">,
  forget: (sessionIds: readonly string[]) => void,
): Unsubscribe {
  return broker.subscribe([EVENTS_CHANNEL], {
    onMessage(_channel, payload) {
      // Nearly all messages are about something else.
      if (!payload.includes('"ACCESS_REVOKED"')) return;
      const notice = AccessRevokedNotice.safeParse(parse(payload));
      if (notice.success) forget(notice.data.metadata.session_ids);
    },
    onUp: () => {},
    onDown: () => {},
  });
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
