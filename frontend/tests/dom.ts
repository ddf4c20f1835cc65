import { Window } from "happy-dom";

/**
 * Gives a test file a page: `import "../../tests/dom.ts"` before Testing Library. Only what Bun lacks is added, so that
 * its own fetch, WebSocket, timers and events stay.
 */
if (typeof document === "undefined") {
  const page = new Window({ url: "http://espigon.test/" });
  const names = Object.getOwnPropertyNames(page).filter((name) => !(name in globalThis));
  for (const name of names) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: Reflect.get(page, name) });
  }
  Object.assign(globalThis, { window: page, document: page.document, IS_REACT_ACT_ENVIRONMENT: true });
}

/** Instead of 1 s, which a loaded machine misses. Not imported above: a page has to be there before. */
const { configure } = await import("@testing-library/react");
configure({ asyncUtilTimeout: 20_000 });
