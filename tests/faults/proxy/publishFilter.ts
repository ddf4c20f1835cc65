import type { Filter } from "./createPipe.ts";
import { isMessage, replyLength } from "./respReplies.ts";

/** What happens to one published message on its way: `hold` lets a later one overtake it. */
export type Fate = "pass" | "drop" | "double" | "hold";

const MOST_HELD = 20;

/** A filter for what Redis sends: replies pass as they are, published messages have a fate each. */
export function publishFilter(fate: () => Fate): Filter {
  let rest: Buffer = Buffer.alloc(0);
  let held: Buffer[] = [];

  const deliver = (message: Buffer): readonly Buffer[] => {
    switch (fate()) {
      case "drop":
        return [];
      case "hold":
        if (held.length < MOST_HELD) held.push(message);
        return [];
      case "double":
        return [message, message];
      case "pass": {
        const late = held.toReversed();
        held = [];
        return [message, ...late];
      }
    }
  };

  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const out: Buffer[] = [];
    for (;;) {
      const length = rest.length === 0 ? undefined : replyLength(rest);
      if (length === undefined) return out;
      const reply = rest.subarray(0, length);
      rest = rest.subarray(length);
      out.push(...(isMessage(reply) ? deliver(reply) : [reply]));
    }
  };
}
