import { createRootRouteWithContext, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseOrdersSearch } from "../components/orders/ordersSearch.ts";
import { parsePeriodSearch } from "../components/period.ts";
import { parseAdminSearch } from "../pages/admin/adminSearch.ts";
import { parseCatalogSearch } from "../pages/client/catalogSearch.ts";
import { parseLoginSearch, redirectToLanding, requireAnonymous, requireRole, type RouterContext } from "./guards.ts";
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

export const routeTree = rootRoute.addChildren([
  createRoute({ ...under, path: "/", beforeLoad: redirectToLanding }),
  createRoute({
    ...under,
    path: "/login",
    validateSearch: parseLoginSearch,
    beforeLoad: requireAnonymous,
    component: lazyRouteComponent(() => import("../pages/session/LoginPage.tsx"), "LoginPage"),
  }),
  createRoute({
    ...under,
    path: "/register",
    validateSearch: parseLoginSearch,
    beforeLoad: requireAnonymous,
    component: lazyRouteComponent(() => import("../pages/session/RegisterPage.tsx"), "RegisterPage"),
  }),
  createRoute({
    ...under,
    path: "/catalog",
    validateSearch: parseCatalogSearch,
    component: lazyRouteComponent(() => import("../pages/client/CatalogPage.tsx"), "CatalogPage"),
  }),
  createRoute({
    ...under,
    path: "/cart",
    component: lazyRouteComponent(() => import("../pages/client/CartPage.tsx"), "CartPage"),
  }),
  createRoute({
    ...client,
    path: "/orders",
    component: lazyRouteComponent(() => import("../pages/client/OrdersPage.tsx"), "OrdersPage"),
  }),
  createRoute({
    ...client,
    path: "/orders/$orderId",
    component: lazyRouteComponent(() => import("../pages/client/OrderPage.tsx"), "OrderPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/analytics",
    validateSearch: parsePeriodSearch,
    component: lazyRouteComponent(() => import("../pages/seller/AnalyticsPage.tsx"), "AnalyticsPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/orders",
    validateSearch: parseOrdersSearch,
    component: lazyRouteComponent(() => import("../pages/seller/OrdersPage.tsx"), "OrdersPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/orders/$orderId",
    component: lazyRouteComponent(() => import("../pages/seller/OrderPage.tsx"), "OrderPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/products",
    component: lazyRouteComponent(() => import("../pages/seller/ProductsPage.tsx"), "ProductsPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/products/new",
    component: lazyRouteComponent(() => import("../pages/seller/NewProductPage.tsx"), "NewProductPage"),
  }),
  createRoute({
    ...seller,
    path: "/seller/products/$productId",
    component: lazyRouteComponent(() => import("../pages/seller/ProductPage.tsx"), "ProductPage"),
  }),
  createRoute({
    ...under,
    path: "/admin",
    validateSearch: parseAdminSearch,
    beforeLoad: requireRole("ADMIN"),
    component: lazyRouteComponent(() => import("../pages/admin/AdminPage.tsx"), "AdminPage"),
  }),
]);
