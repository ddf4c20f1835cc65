import type { Viewer } from "./startWorld.ts";

/** `data`, or the code of the refusal. */
type Outcome = "data" | "UNAUTHENTICATED" | "TOKEN_EXPIRED" | "FORBIDDEN" | "BAD_USER_INPUT";
type Row = { readonly query: (ownSellerId: string) => string; readonly gets: Record<Viewer, Outcome> };

const gets = (admin: Outcome, ownSeller: Outcome, otherSeller: Outcome): Row["gets"] => ({
  anonymous: "UNAUTHENTICATED",
  "expired token": "TOKEN_EXPIRED",
  "ended session": "UNAUTHENTICATED",
  admin,
  "own seller": ownSeller,
  "other seller": otherSeller,
  "own client": "FORBIDDEN",
  "other client": "FORBIDDEN",
});

/** Every query of the report service that names a field of `Query`, and what each viewer gets; at least one a field. */
export const GRAPHQL_MATRIX: Readonly<Record<string, readonly Row[]>> = {
  sellerDashboardStats: [
    {
      query: (id) => `{ sellerDashboardStats(sellerId: "${id}") { sellerId orders netSales asOf } }`,
      gets: gets("data", "data", "FORBIDDEN"),
    },
    {
      query: () => "{ sellerDashboardStats { sellerId orders netSales asOf } }",
      gets: gets("BAD_USER_INPUT", "data", "data"),
    },
  ],
  sellerBestProducts: [
    {
      query: (id) => `{ sellerBestProducts(sellerId: "${id}") { products { name netSales } asOf } }`,
      gets: gets("data", "data", "FORBIDDEN"),
    },
  ],
  adminDashboardStats: [
    {
      query: () => "{ adminDashboardStats { orders netSales topSellers { name netSales } asOf } }",
      gets: gets("data", "FORBIDDEN", "FORBIDDEN"),
    },
  ],
  adminSales: [
    { query: () => "{ adminSales { points { netSales } asOf } }", gets: gets("data", "FORBIDDEN", "FORBIDDEN") },
  ],
  adminClients: [
    {
      query: () => "{ adminClients { totalClients topClients { name } asOf } }",
      gets: gets("data", "FORBIDDEN", "FORBIDDEN"),
    },
  ],
};
