/** Which version of the page was reloaded because code of it was missing. */
const RELOADED = "espigon.reloaded";

export type CodeUpdate = {
  /** Whether to load the page anew: code of it is gone, as after an upgrade, and this version was not reloaded for that yet. */
  readonly helps: (error: unknown) => boolean;
  /** The same where styles are gone that were fetched ahead: Vite asks for them once, and shows the page without them. */
  readonly restyles: () => boolean;
  readonly reload: () => void;
};

export type CodeUpdateDeps = {
  readonly events: EventTarget;
  /** Of the tab; null where it may keep nothing: then nothing would stop a second reload. */
  readonly storage: Pick<Storage, "getItem" | "setItem"> | null;
  /** Names the version: the address of the program, with its hash. */
  readonly version: string;
  readonly reload: () => void;
};

/**
 * What Vite could not fetch. It is only noted when that happens, since pages are fetched ahead too, while somebody still fills in
 * a form; the page is loaded anew where the missing code would be shown. At most once for a version of the page, so that
 * code which is really not there makes no loop.
 */
export function createCodeUpdate({ events, storage, version, reload }: CodeUpdateDeps): CodeUpdate {
  const missing = new WeakSet<object>();
  let stylesMissing = false;
  const mayReload = () => storage !== null && storage.getItem(RELOADED) !== version;
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
      storage?.setItem(RELOADED, version);
      reload();
    },
  };
}

/** That of this page. */
export const codeUpdate = createCodeUpdate({
  events: window,
  storage: tabStorage(),
  version: import.meta.url,
  reload: () => location.reload(),
});

function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
