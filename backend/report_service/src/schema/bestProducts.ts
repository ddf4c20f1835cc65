import type { BestProduct, BestProducts } from "../statistics/bestProducts.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";
import type { Report } from "./loadReport.ts";

const BestProductObject = builder.objectRef<BestProduct>("BestProduct").implement({
  fields: (t) => ({
    productId: t.exposeID("productId"),
    name: t.exposeString("name"),
    unit: t.exposeString("unit", { description: "libra, kilo or unidad." }),
    units: t.exposeInt("units", { description: "How many of the unit were sold." }),
    netSales: t.expose("netSales", { type: CentsScalar }),
  }),
});

export const BestProductsObject = builder.objectRef<Report<BestProducts>>("BestProducts").implement({
  description: "One seller's products by net sales in the period, best first.",
  fields: (t) => ({
    products: t.expose("products", { type: [BestProductObject] }),
    asOf: t.exposeString("asOf", { description: "The seq up to which this is complete." }),
  }),
});
