import type { Person } from "./people.ts";

export type Screen = { readonly name: string; readonly path: string; readonly person?: Person };

/** Every main screen, and who sees it; nobody logged in where no person is named. */
export const SCREENS: readonly Screen[] = [
  { name: "entrar", path: "/login" },
  { name: "crear una cuenta", path: "/register" },
  { name: "catálogo", path: "/catalog" },
  { name: "carrito", path: "/cart" },
  { name: "mis pedidos", path: "/orders", person: "cliente1" },
  { name: "análisis de ventas", path: "/seller/analytics", person: "vendedor1" },
  { name: "pedidos del puesto", path: "/seller/orders", person: "vendedor1" },
  { name: "productos del puesto", path: "/seller/products", person: "vendedor1" },
  { name: "nuevo producto", path: "/seller/products/new", person: "vendedor1" },
  { name: "tu cuenta", path: "/account", person: "vendedor1" },
  { name: "mercado", path: "/admin", person: "admin" },
];
