import { z } from "zod";

/** The figures that the oracle can check, of one scope: all shops or one. Orders by state as `status:<state>`. */
export type Figures = Readonly<Record<string, number>>;

const Count = z.coerce.number();
const StatusCounts = z.array(z.object({ status: z.string(), count: z.int() }));
const Stats = z.object({
  asOf: z.string(),
  orders: z.int(),
  paidOrders: z.int(),
  netSales: Count,
  unitsSold: z.int(),
  cancelled: z.int(),
  pendingVerification: z.int(),
  newClients: z.int().optional(),
  ordersByStatus: StatusCounts,
});
const Answer = z.object({
  data: z.object({ adminDashboardStats: Stats.optional(), sellerDashboardStats: Stats.optional() }).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.looseObject({}).optional() })).optional(),
});

const FIELDS = `asOf orders paidOrders netSales unitsSold cancelled pendingVerification ordersByStatus { status count }`;
export const ADMIN_DASHBOARD = `query { adminDashboardStats { newClients ${FIELDS} } }`;
export const SELLER_DASHBOARD = `query { sellerDashboardStats { ${FIELDS} } }`;

/** Takes the figures out of a GraphQL answer. @throws with the errors of one that has none. */
export function figuresOf(answer: unknown): { readonly asOf: string; readonly figures: Figures } {
  const { data, errors } = Answer.parse(answer);
  const stats = data?.adminDashboardStats ?? data?.sellerDashboardStats;
  if (stats === undefined) throw new Error(`no figures: ${JSON.stringify(errors)}`);
  const { asOf, ordersByStatus, ...counts } = stats;
  const figures: Record<string, number> = {};
  for (const [name, value] of Object.entries(counts)) if (value !== undefined) figures[name] = value;
  for (const { status, count } of ordersByStatus) if (count !== 0) figures[`status:${status}`] = count;
  return { asOf, figures };
}
