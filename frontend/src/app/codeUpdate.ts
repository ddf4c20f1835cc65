/** Which version of the page was reloaded because code of it was missing. */
const RELOADED = "espigon.reloaded";
/** Put and taken away again, to see whether the tab keeps anything. */
const PROBE = "espigon.probe";

export type CodeUpdate = {
  /** Whether to load the page anew: code of it is gone, as after an upgrade, and this version was not reloaded for that yet. */
  readonly helps: (error: unknown) => boolean;
  /** The same where styles are gone that were fetched ahead: Vite asks for them once, and shows the page without them. */
  readonly restyles: () => boolean;
  readonly reload: () => void;
};

export type CodeUpdateDeps = {
  readonly events: EventTarget;
  /** Of the tab. It may be forbidden, or full: what throws keeps nothing. */
  readonly storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Whether the page came by a reload: where the tab keeps nothing, that stops a second one. */
  readonly cameByReload: boolean;
  /** Names the version: the address of the program, with its hash. */
  readonly version: string;
  readonly reload: () => void;
};

/**
 * What Vite could not fetch. It is only noted when that happens, since pages are fetched ahead too, while somebody still fills in
 * a form; the page is loaded anew where the missing code would be shown. At most once for a version of the page, so that
 * code which is really not there makes no loop.
 */
export function createCodeUpdate({ events, storage, cameByReload, version, reload }: CodeUpdateDeps): CodeUpdate {
  const missing = new WeakSet<object>();
  let stylesMissing = false;
  const mayReload = () =>
    attempt(() => storage().getItem(RELOADED)) !== version && (keeps(storage, version) || !cameByReload);
  events.addEventListener("vite:preloadError", (event) => {
    if (!("payload" in event && event.payload instanceof Error)) return;
    missing.add(event.payload);
    stylesMissing ||= event.payload.message.startsWith("Unable to preload CSS");
    // By the browser's words the router would know it, and load the page anew by a rule of its own.
    event.payload.message = `code is missing: ${event.payload.message}`;
  });
  return {
    helps: (error) => error instanceof Error && missing.has(error) && mayReload(),
    restyles: () => stylesMissing && mayReload(),
    reload() {
      attempt(() => storage().setItem(RELOADED, version));
      reload();
    },
  };
}

/** That of this page. */
export const codeUpdate = createCodeUpdate({
  events: window,
  storage: () => sessionStorage,
  cameByReload: performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "reload"),
  version: import.meta.url,
  reload: () => location.reload(),
});

function keeps(storage: CodeUpdateDeps["storage"], text: string): boolean {
  return (
    attempt(() => {
      storage().setItem(PROBE, text);
      storage().removeItem(PROBE);
      return true;
    }) === true
  );
}

function attempt<Result>(step: () => Result): Result | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
