import { FLOOR_HEADER } from "@espigon/event_contracts";

/** The floor that a request states: 0 when it states none, undefined when the header is not a seq. */
export function floorOf(headers: Headers): number | undefined {
  const text = headers.get(FLOOR_HEADER);
  if (text === null) return 0;
  const floor = Number(text);
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(floor) ? floor : undefined;
}
