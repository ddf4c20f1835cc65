import { ClientFrame } from "@espigon/event_contracts";
import { nestsTooDeep } from "@espigon/event_feed";
import { z } from "zod";

export type ReadFrame =
  | { readonly kind: "frame"; readonly frame: ClientFrame }
  | { readonly kind: "unknown_type" }
  | { readonly kind: "malformed" };

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(
  ClientFrame.options.map(({ shape }) => shape.type.value satisfies ClientFrame["type"]),
);

const NamedFrame = z.object({ type: z.string() });

/** Reads what a client sent. Never throws. */
export function readFrame(message: string | Uint8Array): ReadFrame {
  if (typeof message !== "string" || nestsTooDeep(message)) return { kind: "malformed" };
  let json: unknown;
  try {
    json = JSON.parse(message);
  } catch {
    return { kind: "malformed" };
  }
  const parsed = ClientFrame.safeParse(json);
  if (parsed.success) return { kind: "frame", frame: parsed.data };
  const named = NamedFrame.safeParse(json);
  return named.success && !KNOWN_TYPES.has(named.data.type) ? { kind: "unknown_type" } : { kind: "malformed" };
}
