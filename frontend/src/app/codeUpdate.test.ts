import { expect, mock, test } from "bun:test";
import { createCodeUpdate } from "./codeUpdate.ts";

function missIn(events: EventTarget, message: string): Error {
  const error = new Error(message);
  events.dispatchEvent(Object.assign(new Event("vite:preloadError"), { payload: error }));
  return error;
}

const THROWS = () => {
  throw new Error("no");
};

function setUp({
  kept = new Map<string, string>(),
  version = "/assets/index-a.js",
  cameByReload = false,
  full = false,
} = {}) {
  const events = new EventTarget();
  let reloads = 0;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: full ? THROWS : (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const update = createCodeUpdate({
    events,
    storage: () => storage,
    cameByReload,
    version,
    reload: () => (reloads += 1),
  });
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
  const again = setUp({ kept, cameByReload: true });
  const next = setUp({ kept, cameByReload: true, version: "/assets/index-b.js" });
  expect([reloads(), update.helps(miss()), again.update.helps(again.miss()), next.update.helps(next.miss())]).toEqual([
    1,
    false,
    false,
    true,
  ]);
});

test("where the tab keeps nothing, a page is loaded anew once: the one that comes by that is not", () => {
  const first = setUp({ full: true });
  expect(first.update.helps(first.miss())).toBe(true);
  first.update.reload();
  expect(first.reloads()).toBe(1);
  const second = setUp({ full: true, cameByReload: true });
  expect([second.update.helps(second.miss()), second.update.restyles()]).toEqual([false, false]);
});

test("what a full storage remembers still counts", () => {
  const { update, miss } = setUp({ kept: new Map([["espigon.reloaded", "/assets/index-a.js"]]), full: true });
  expect(update.helps(miss())).toBe(false);
});

test("a storage that may not even be looked at is one that keeps nothing", () => {
  const events = new EventTarget();
  const reload = mock(() => {});
  const deps = { events, storage: THROWS, version: "/assets/index-a.js", reload };
  const update = createCodeUpdate({ ...deps, cameByReload: false });
  const reloaded = createCodeUpdate({ ...deps, cameByReload: true });
  const error = missIn(events, "Unable to preload CSS for /assets/gone.css");
  expect([update.helps(error), reloaded.helps(error)]).toEqual([true, false]);
  update.reload();
  expect(reload).toHaveBeenCalledTimes(1);
});

test("looking leaves nothing behind", () => {
  const { kept, update, miss } = setUp();
  expect(update.helps(miss())).toBe(true);
  expect([...kept]).toEqual([]);
});

test("the router does not know missing code by the browser's words, by which it would load the page anew itself", () => {
  const { miss } = setUp();
  expect(miss("Failed to fetch dynamically imported module: /assets/gone.js").message).not.toStartWith(
    "Failed to fetch",
  );
});
