import { createRootRouteWithContext, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseOrdersSearch } from "../components/orders/ordersSearch.ts";
import { parsePeriodSearch } from "../components/period.ts";
import { parseAdminSearch } from "../pages/admin/adminSearch.ts";
import { parseCatalogSearch } from "../pages/client/catalogSearch.ts";
import {
  parseLoginSearch,
  redirectToLanding,
  requireAnonymous,
  requireOrder,
  requireRole,
  requireUser,
  type RouterContext,
} from "./guards.ts";
import { Layout } from "./Layout.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Layout,
  notFoundComponent: NotFoundPage,
});

/** One place of the root, whose page is fetched when it is first gone to. */
const under = { getParentRoute: () => rootRoute } as const;

const seller = { ...under, beforeLoad: requireRole("SELLER") } as const;
const client = { ...under, beforeLoad: requireRole("CLIENT") } as const;

const indexRoute = createRoute({ ...under, path: "/", beforeLoad: redirectToLanding });

const loginRoute = createRoute({
  ...under,
  path: "/login",
  validateSearch: parseLoginSearch,
  beforeLoad: requireAnonymous,
  component: lazyRouteComponent(() => import("../pages/session/LoginPage.tsx"), "LoginPage"),
});

const registerRoute = createRoute({
  ...under,
  path: "/register",
  validateSearch: parseLoginSearch,
  beforeLoad: requireAnonymous,
  component: lazyRouteComponent(() => import("../pages/session/RegisterPage.tsx"), "RegisterPage"),
});

const accountRoute = createRoute({
  ...under,
  path: "/account",
  beforeLoad: (args) => void requireUser(args),
  component: lazyRouteComponent(() => import("../pages/session/AccountPage.tsx"), "AccountPage"),
});

const catalogRoute = createRoute({
  ...under,
  path: "/catalog",
  validateSearch: parseCatalogSearch,
  component: lazyRouteComponent(() => import("../pages/client/CatalogPage.tsx"), "CatalogPage"),
});

const cartRoute = createRoute({
  ...under,
  path: "/cart",
  component: lazyRouteComponent(() => import("../pages/client/CartPage.tsx"), "CartPage"),
});

const clientOrdersRoute = createRoute({
  ...client,
  path: "/orders",
  component: lazyRouteComponent(() => import("../pages/client/OrdersPage.tsx"), "OrdersPage"),
});

const clientOrderRoute = createRoute({
  ...under,
  path: "/orders/$orderId",
  beforeLoad: requireOrder("CLIENT"),
  component: lazyRouteComponent(() => import("../pages/client/OrderPage.tsx"), "OrderPage"),
});

const sellerAnalyticsRoute = createRoute({
  ...seller,
  path: "/seller/analytics",
  validateSearch: parsePeriodSearch,
  component: lazyRouteComponent(() => import("../pages/seller/AnalyticsPage.tsx"), "AnalyticsPage"),
});

const sellerOrdersRoute = createRoute({
  ...seller,
  path: "/seller/orders",
  validateSearch: parseOrdersSearch,
  component: lazyRouteComponent(() => import("../pages/seller/OrdersPage.tsx"), "OrdersPage"),
});

const sellerOrderRoute = createRoute({
  ...under,
  path: "/seller/orders/$orderId",
  beforeLoad: requireOrder("SELLER"),
  component: lazyRouteComponent(() => import("../pages/seller/OrderPage.tsx"), "OrderPage"),
});

const sellerProductsRoute = createRoute({
  ...seller,
  path: "/seller/products",
  component: lazyRouteComponent(() => import("../pages/seller/ProductsPage.tsx"), "ProductsPage"),
});

const sellerNewProductRoute = createRoute({
  ...seller,
  path: "/seller/products/new",
  component: lazyRouteComponent(() => import("../pages/seller/NewProductPage.tsx"), "NewProductPage"),
});

const sellerProductRoute = createRoute({
  ...seller,
  path: "/seller/products/$productId",
  component: lazyRouteComponent(() => import("../pages/seller/ProductPage.tsx"), "ProductPage"),
});

const adminRoute = createRoute({
  ...under,
  path: "/admin",
  validateSearch: parseAdminSearch,
  beforeLoad: requireRole("ADMIN"),
  component: lazyRouteComponent(() => import("../pages/admin/AdminPage.tsx"), "AdminPage"),
});

// Named one by one: written inside the call, their types are lost.
export const routeTree = rootRoute.addChildren([
  indexRoute,
  loginRoute,
  registerRoute,
  accountRoute,
  catalogRoute,
  cartRoute,
  clientOrdersRoute,
  clientOrderRoute,
  sellerAnalyticsRoute,
  sellerOrdersRoute,
  sellerOrderRoute,
  sellerProductsRoute,
  sellerNewProductRoute,
  sellerProductRoute,
  adminRoute,
]);
