import { createRouter } from "@tanstack/react-router";
import type { Session } from "../lib/Session.ts";
import { codeUpdate } from "./codeUpdate.ts";
import { CrashPage } from "./CrashPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { PendingPage } from "./PendingPage.tsx";
import { routeTree } from "./routeTree.ts";

/** The pages and who may see them. The focus goes to the new page's heading, so that a reader hears where it is. */
export function createAppRouter(session: Session) {
  const router = createRouter({
    routeTree,
    context: { session },
    defaultPreload: "intent",
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
  router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
    if (fromLocation !== undefined && pathChanged) document.querySelector<HTMLElement>("h1")?.focus();
  });
  router.subscribe("onResolved", ({ pathChanged }) => {
    if (pathChanged && codeUpdate.restyles()) codeUpdate.reload();
  });
  return router;
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
