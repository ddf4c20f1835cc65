export const nav = {
  analytics: "Ventas",
  sellerOrders: "Pedidos",
  products: "Productos",
  dashboard: "Mercado",
  catalogue: "Catálogo",
  cart: "Carrito",
  cartCount_one: "Carrito, {{count}} producto",
  cartCount_many: "Carrito, {{count}} de productos",
  cartCount_other: "Carrito, {{count}} productos",
  myOrders: "Mis pedidos",
} as const;
