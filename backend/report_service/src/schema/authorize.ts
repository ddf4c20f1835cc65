import type { Principal } from "@espigon/event_contracts";
import { UNDATED_TOKEN } from "@espigon/service_kit";
import type { ReportContext } from "./ReportContext.ts";
import { refusal } from "./refusal.ts";

/** Under which rights an answer is read, and so who may share it. Part of every cache key. */
export type AuthorizationScope = "admin" | `seller:${string}`;

export type SellerAccess = { readonly scope: AuthorizationScope; readonly sellerId: string };

/** @throws a refusal unless the request carries a valid token. */
function authenticated({ verdict }: ReportContext): Principal {
  switch (verdict.kind) {
    case "valid":
      return verdict.principal;
    case "expired":
      throw refusal("TOKEN_EXPIRED", "The access token has expired.");
    case "invalid":
      throw refusal("UNAUTHENTICATED", "The access token is not valid.");
    case "undated":
      throw refusal("UNAUTHENTICATED", `${UNDATED_TOKEN}.`);
    case "revoked":
      throw refusal("UNAUTHENTICATED", "The session is over.");
    case "missing":
      throw refusal("UNAUTHENTICATED", "An access token is needed.");
  }
}

/** @throws a refusal unless the viewer is an administrator. */
export function asAdmin(context: ReportContext): AuthorizationScope {
  if (authenticated(context).role !== "ADMIN") throw refusal("FORBIDDEN", "This is for administrators.");
  return "admin";
}

/**
 * Decides whose statistics are read: a seller's own, or for an administrator those of the seller named.
 * @throws a refusal for anybody and anything else.
 */
export function asSeller(context: ReportContext, requested: string | null | undefined): SellerAccess {
  const { role, seller_id } = authenticated(context);
  switch (role) {
    case "SELLER": {
      if (seller_id === undefined || (requested ?? seller_id) !== seller_id) {
        throw refusal("FORBIDDEN", "These are the statistics of another seller.");
      }
      return { scope: `seller:${seller_id}`, sellerId: numeric(seller_id) };
    }
    case "ADMIN":
      if (requested === null || requested === undefined) {
        throw refusal("BAD_USER_INPUT", "sellerId is needed: an administrator has no shop.");
      }
      return { scope: "admin", sellerId: numeric(requested) };
    case "CLIENT":
      throw refusal("FORBIDDEN", "This is for sellers and administrators.");
  }
}

function numeric(sellerId: string): string {
  if (/^[1-9]\d{0,17}$/.test(sellerId)) return sellerId;
  throw refusal("BAD_USER_INPUT", "sellerId is not the id of a seller.");
}
