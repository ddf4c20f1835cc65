import type { Role } from "@espigon/event_contracts";

const SELLER = [
  { to: "/seller/analytics", text: "nav.analytics" },
  { to: "/seller/orders", text: "nav.sellerOrders" },
  { to: "/seller/products", text: "nav.products" },
] as const;
const ADMIN = [{ to: "/admin", text: "nav.dashboard" }] as const;
const CLIENT = [
  { to: "/catalog", text: "nav.catalogue" },
  { to: "/orders", text: "nav.myOrders" },
  { to: "/cart", text: "nav.cart" },
] as const;
const ANYONE = [
  { to: "/catalog", text: "nav.catalogue" },
  { to: "/cart", text: "nav.cart" },
] as const;

export type NavItem = (typeof SELLER | typeof ADMIN | typeof CLIENT | typeof ANYONE)[number];

/** The places of a role in the header; `null`: somebody who is not logged in. */
export function navItems(role: Role | null): readonly NavItem[] {
  switch (role) {
    case "SELLER":
      return SELLER;
    case "ADMIN":
      return ADMIN;
    case "CLIENT":
      return CLIENT;
    case null:
      return ANYONE;
  }
}

/** Where a role starts: the first of its places. */
export function landingOf(role: Role | null): NavItem["to"] {
  return navItems(role)[0]?.to ?? "/catalog";
}
