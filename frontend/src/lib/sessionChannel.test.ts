import "../../tests/dom.ts";
import { afterEach, describe, expect, test } from "bun:test";
import { browserSessionChannel } from "./sessionChannel.ts";

type Run = () => Promise<unknown>;
type Request = (name: string, options: { signal: AbortSignal }, run: Run) => Promise<unknown>;

function locksAre(request: Request): void {
  Object.defineProperty(navigator, "locks", { configurable: true, value: { request } });
}
afterEach(() => Reflect.deleteProperty(navigator, "locks"));

describe("one tab at a time", () => {
  test("does what it has to while it holds the lock", async () => {
    const held: string[] = [];
    locksAre(async (name, _options, run) => {
      held.push(name);
      return run();
    });
    expect(await browserSessionChannel().exclusively(async () => "done")).toBe("done");
    expect(held).toEqual(["espigon-session-refresh"]);
  });

  test("goes on without the lock when a tab that stands still does not give it back", async () => {
    const waiting: Request = (_name, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    locksAre(waiting);
    expect(await browserSessionChannel(1).exclusively(async () => "done")).toBe("done");
  });

  test("fails once, and as what it does has failed", async () => {
    locksAre((_name, _options, run) => run());
    let runs = 0;
    const failing = browserSessionChannel().exclusively(async () => {
      runs += 1;
      throw new DOMException("No answer in time", "TimeoutError");
    });
    expect(await failing.catch((error: unknown) => error)).toMatchObject({ message: "No answer in time" });
    expect(runs).toBe(1);
  });
});
