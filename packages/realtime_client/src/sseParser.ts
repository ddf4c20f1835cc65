/** The longest event of a stream that is read, in characters: the largest DIRTY is a tenth of it. */
const MAX_EVENT_LENGTH = 1_000_000;

export type SseEvent = { readonly name: string; readonly data: string };

export type SseParser = {
  /** Takes the next piece of the stream, cut anywhere, and gives the events that it completes. @throws when one is too long. */
  readonly feed: (text: string) => readonly SseEvent[];
};

/** Reads `text/event-stream` as the HTML standard says; ids and retry times are left to the caller's own bookkeeping. */
export function createSseParser(): SseParser {
  let rest = "";
  let name = "";
  let data: string[] = [];

  const readLine = (line: string): SseEvent | undefined => {
    if (line === "") {
      const event = data.length === 0 ? undefined : { name: name || "message", data: data.join("\n") };
      name = "";
      data = [];
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
    return undefined;
  };

  return {
    feed(text) {
      rest += text;
      // A carriage return at the end may be the first half of a line end.
      const whole = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + rest.slice(whole.length);
      const events = lines.flatMap((line) => readLine(line) ?? []);
      if (rest.length + data.reduce((sum, { length }) => sum + length, 0) > MAX_EVENT_LENGTH) {
        throw new Error("an event of the stream is too long");
      }
      return events;
    },
  };
}
