import type { Role } from "@espigon/event_contracts";
import { notFound, redirect } from "@tanstack/react-router";
import { isOrderId } from "../components/orders/isOrderId.ts";
import type { User } from "../lib/resources.ts";
import type { Session } from "../lib/Session.ts";
import { landingOf } from "./navItems.ts";

export type RouterContext = { readonly session: Session };

type GuardArguments = { readonly context: RouterContext; readonly location: { readonly href: string } };

/**
 * Lets one role in. Nobody logged in: to the login, and back here afterwards. Another role: not found, since what
 * others have is none of its business. The server decides all the same.
 */
export function requireRole(role: Role): (args: GuardArguments) => void {
  return (args) => {
    if (requireUser(args).role !== role) throw notFound();
  };
}

/** Lets anybody in who is logged in; others to the login, and back here afterwards. */
export function requireUser({ context, location }: GuardArguments): User {
  const { user } = context.session.state();
  if (user === null) throw redirect({ to: "/login", search: { redirect: location.href } });
  return user;
}

/** Lets one role see an order; what cannot be an order's id is not found. Whose order it is, the server knows. */
export function requireOrder(
  role: Role,
): (args: GuardArguments & { readonly params: { readonly orderId: string } }) => void {
  const requireViewer = requireRole(role);
  return (args) => {
    requireViewer(args);
    if (!isOrderId(args.params.orderId)) throw notFound();
  };
}

/** Keeps who is logged in out of the login page: sent on to where they were going. */
export function requireAnonymous({ context, search }: GuardArguments & { readonly search: LoginSearch }): void {
  const { user } = context.session.state();
  if (user !== null) throw redirect({ href: search.redirect ?? landingOf(user.role) });
}

/** Sends each role to its own start, and whoever is not logged in to the catalogue. */
export function redirectToLanding({ context }: GuardArguments): never {
  throw redirect({ to: landingOf(context.session.state().user?.role ?? null) });
}

export type LoginSearch = { readonly redirect?: string };

/** Stands for this page's origin: only whether a path leaves it matters. */
const HERE = "https://here.invalid";

/** Where to go after the login. Only a path of this page: `//elsewhere` and whole addresses are left out. */
export function parseLoginSearch(search: Readonly<Record<string, unknown>>): LoginSearch {
  const path = search["redirect"];
  if (typeof path !== "string" || !path.startsWith("/") || !URL.canParse(path, HERE)) return {};
  const url = new URL(path, HERE);
  return url.origin === HERE ? { redirect: `${url.pathname}${url.search}${url.hash}` } : {};
}
