import type { Translation } from "../Translation.ts";

export const nav: Translation["nav"] = {
  analytics: "Sales",
  sellerOrders: "Orders",
  products: "Products",
  dashboard: "Market",
  catalogue: "Catalogue",
  cart: "Cart",
  cartCount_one: "Cart, {{count}} product",
  cartCount_other: "Cart, {{count}} products",
  myOrders: "My orders",
};
