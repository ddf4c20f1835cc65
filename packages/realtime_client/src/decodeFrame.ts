import { Notification, ServerControlFrame } from "@espigon/event_contracts";
import { z } from "zod";

type ServerFrameHeard = ServerControlFrame | Notification;

/** DIRTY whose events are still to be read one by one: an event of a type that we do not know must not spoil the rest. */
const LenientDirty = z.object({
  type: z.literal("DIRTY"),
  since: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  events: z.array(z.unknown()),
});

/** Reads one text frame; `undefined` for whatever is no frame, or of a type that this version does not know. */
export function decodeFrame(text: string): ServerFrameHeard | undefined {
  const value = parseJson(text);
  const dirty = LenientDirty.safeParse(value);
  if (dirty.success) {
    const events = dirty.data.events.flatMap((event) => Notification.safeParse(event).data ?? []);
    return { ...dirty.data, events };
  }
  const control = ServerControlFrame.safeParse(value);
  return control.success ? control.data : Notification.safeParse(value).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
