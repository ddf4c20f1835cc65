import { catalogue } from "./catalogue.ts";
import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { live } from "./live.ts";
import { nav } from "./nav.ts";
import { orders } from "./orders.ts";
import { period } from "./period.ts";
import { products } from "./products.ts";
import { session } from "./session.ts";

/** The first language: every other one has the same keys. */
export const es = { catalogue, common, errors, figures, live, nav, orders, period, products, session } as const;
