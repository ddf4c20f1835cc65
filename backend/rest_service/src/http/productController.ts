import type { Principal } from "@espigon/event_contracts";
import { createRoute } from "@hono/zod-openapi";
import type { ManageProducts } from "../application/manageProducts.ts";
import type { ProductOwner, ProductStore } from "../application/ProductStore.ts";
import { createRouter } from "./createRouter.ts";
import { pageOf } from "./pageOf.ts";
import { refusals } from "./refusals.ts";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, body, refuses } from "./responses.ts";
import {
  CreateProductBody,
  ProductAnswer,
  ProductListQuery,
  ProductPage,
  ProductParams,
  UpdateProductBody,
} from "./schemas/productSchemas.ts";

const tags = ["products"];

const listRoute = createRoute({
  method: "get",
  path: "/api/products",
  tags,
  summary: "The catalogue, newest first",
  request: { query: ProductListQuery },
  responses: { 200: answers(ProductPage, "One page"), ...refuses(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/api/products/{id}",
  tags,
  summary: "One product",
  request: { params: ProductParams },
  responses: { 200: answers(ProductAnswer, "The product"), ...refuses(400, 404) },
});

export type ProductControllerDeps = {
  readonly products: Pick<ProductStore, "list" | "find">;
  readonly manage: ManageProducts;
  readonly requireRole: RequireRole;
};

export function createProductController({ products, manage, requireRole }: ProductControllerDeps) {
  const asSeller = { tags, security: BEARER, middleware: requireRole("SELLER") };

  const offerRoute = createRoute({
    ...asSeller,
    method: "post",
    path: "/api/products",
    summary: "Offer a product in one's own shop",
    request: { body: body(CreateProductBody) },
    responses: { 201: answers(ProductAnswer, "Offered"), ...refuses(400, 401, 403, 413, 415) },
  });

  const updateRoute = createRoute({
    ...asSeller,
    method: "patch",
    path: "/api/products/{id}",
    summary: "Change a product of one's own shop; absent fields stay",
    request: { params: ProductParams, body: body(UpdateProductBody) },
    responses: { 200: answers(ProductAnswer, "Changed"), ...refuses(400, 401, 403, 404, 413, 415) },
  });

  const deleteRoute = createRoute({
    ...asSeller,
    method: "delete",
    path: "/api/products/{id}",
    summary: "Take a product of one's own shop out of the catalogue",
    request: { params: ProductParams },
    responses: { 204: { description: "Gone" }, ...refuses(400, 401, 403, 404, 413) },
  });

  const router = createRouter();

  router.openapi(listRoute, async (context) => {
    const { cursor, limit, search, category, seller_id } = context.req.valid("query");
    const found = await products.list({ search, category, seller_id, before: cursor, limit: limit + 1 });
    const { page, next_cursor } = pageOf(found, limit, (product) => product.id);
    return context.json({ products: page, next_cursor }, 200);
  });

  router.openapi(readRoute, async (context) => {
    const product = await products.find(context.req.valid("param").id);
    if (product === undefined) throw refusals.notFound();
    return context.json(product, 200);
  });

  router.openapi(offerRoute, async (context) => {
    const product = await manage.create(ownerOf(context.get("principal")), context.req.valid("json"));
    if (product === undefined) throw refusals.forbidden("There is no such shop");
    return context.json(product, 201);
  });

  router.openapi(updateRoute, async (context) => {
    const { id } = context.req.valid("param");
    const product = await manage.update(ownerOf(context.get("principal")), id, context.req.valid("json"));
    if (product === undefined) throw refusals.notFound();
    return context.json(product, 200);
  });

  router.openapi(deleteRoute, async (context) => {
    const removed = await manage.remove(ownerOf(context.get("principal")), context.req.valid("param").id);
    if (!removed) throw refusals.notFound();
    return context.body(null, 204);
  });

  return router;
}

function ownerOf({ user_id, seller_id }: Principal): ProductOwner {
  if (seller_id === undefined) throw refusals.forbidden("This account has no shop");
  return { user_id, seller_id };
}
