import { expect, test } from "bun:test";
import { createCodeUpdate } from "./codeUpdate.ts";

function missIn(events: EventTarget, message: string): Error {
  const error = new Error(message);
  events.dispatchEvent(Object.assign(new Event("vite:preloadError"), { payload: error }));
  return error;
}

function setUp(kept = new Map<string, string>(), version = "/assets/index-a.js") {
  const events = new EventTarget();
  let reloads = 0;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const update = createCodeUpdate({ events, storage, version, reload: () => (reloads += 1) });
  const miss = (message = "Unable to preload CSS for /assets/gone.css") => missIn(events, message);
  return { kept, update, miss, reloads: () => reloads };
}

test("a reload helps against code that is gone, and against nothing else", () => {
  const { update, miss } = setUp();
  expect([update.helps(miss()), update.helps(new Error("a bug")), update.helps("gone")]).toEqual([true, false, false]);
});

test("a reload helps where styles were missed ahead, since nobody is told of it again", () => {
  const { update, miss } = setUp();
  expect(update.restyles()).toBe(false);
  miss("Failed to fetch dynamically imported module");
  expect(update.restyles()).toBe(false);
  miss();
  expect(update.restyles()).toBe(true);
  miss("Failed to fetch dynamically imported module");
  expect(update.restyles()).toBe(true);
  update.reload();
  expect(update.restyles()).toBe(false);
});

test("a version is loaded anew once, the next one may be again", () => {
  const { kept, update, miss, reloads } = setUp();
  update.reload();
  const again = setUp(kept);
  const next = setUp(kept, "/assets/index-b.js");
  expect([reloads(), update.helps(miss()), again.update.helps(again.miss()), next.update.helps(next.miss())]).toEqual([
    1,
    false,
    false,
    true,
  ]);
});

test("where the tab may keep nothing, no reload is tried: nothing would stop the next one", () => {
  const events = new EventTarget();
  const update = createCodeUpdate({ events, storage: null, version: "/assets/index-a.js", reload: () => {} });
  const error = missIn(events, "Unable to preload CSS for /assets/gone.css");
  expect([update.helps(error), update.restyles()]).toEqual([false, false]);
});

test("the router does not know missing code by the browser's words, by which it would load the page anew itself", () => {
  const { miss } = setUp();
  expect(miss("Failed to fetch dynamically imported module: /assets/gone.js").message).not.toStartWith(
    "Failed to fetch",
  );
});
