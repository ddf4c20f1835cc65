import type { Principal } from "@espigon/event_contracts";
import { signAccessToken } from "@espigon/service_kit";
import { z } from "zod";
import { type Cluster, JWT_SECRET } from "../cluster/startCluster.ts";
import { callApi } from "./callApi.ts";

/** A person of the model with the right to act. */
export type Person = {
  readonly principal: Principal;
  /** A token that lives this long, in seconds. */
  readonly token: (lifeS?: number) => Promise<string>;
};

export type Shop = Person & {
  readonly sellerId: string;
  /** With stock that never ends. */
  readonly plenty: string;
  /** With stock that ends often. */
  readonly scarce: string;
  /** With as much stock, for who buys in bulk. */
  readonly bulk: readonly string[];
};

/** Who takes part. */
export type World = {
  readonly admin: Person;
  readonly shops: readonly Shop[];
  readonly clients: readonly Person[];
};

export const SCARCE_STOCK = 40;
const TOKEN_LIFE_S = 900;
/** The most that a product can have. */
const PLENTY = 1_000_000;
/** Sold side by side: an order locks the products that it takes from. */
const BULK_PRODUCTS = 12;

const Session = z.object({ user: z.object({ id: z.string(), seller_id: z.string().nullish() }) });
const ProductId = z.object({ id: z.string() }).or(z.object({ product: z.object({ id: z.string() }) }));

export type WorldSize = {
  readonly shops: number;
  /** So many of the shops also sell in bulk. */
  readonly bulkShops: number;
  readonly clients: number;
};

/** Registers everybody over REST, so that the log knows them too. The cluster has to be well. */
export async function createWorld(cluster: Cluster, size: WorldSize): Promise<World> {
  const must = async (path: string, body: unknown, token?: string) => {
    const url = `${cluster.restUrl()}${path}`;
    const outcome = await callApi({ method: "POST", url, body, ...(token === undefined ? {} : { token }) });
    if (outcome.kind !== "done") throw new Error(`${path}: ${JSON.stringify(outcome)}`);
    return outcome.body;
  };
  const register = async (name: string, seller?: { name: string }) => {
    const body = { email: `${name}@faults.test`, password: "a long pass phrase 42", name, ...(seller && { seller }) };
    return Session.parse(await must("/api/auth/register", body)).user;
  };
  const product = async (name: string, stock: number, token: string) => {
    const body = { name, category: "pescado", unit: "libra", price: 250, stock, low_stock_threshold: 10 };
    const made = ProductId.parse(await must("/api/products", body, token));
    return "id" in made ? made.id : made.product.id;
  };

  const [admin] = await cluster.query(
    "insert into users (email, password_hash, name, role) values ('admin@faults.test', 'x', 'Admin', 'ADMIN') returning id::text",
  );
  const shops: Shop[] = [];
  for (let index = 1; index <= size.shops; index += 1) {
    const user = await register(`shop${index}`, { name: `Shop ${index}` });
    const sellerId = String(user.seller_id);
    const owner = person({ user_id: user.id, role: "SELLER", seller_id: sellerId, expires_at: 0 });
    const token = await owner.token();
    shops.push({
      ...owner,
      sellerId,
      plenty: await product("Albacora", PLENTY, token),
      scarce: await product("Langosta", SCARCE_STOCK, token),
      bulk: await Promise.all(
        Array.from({ length: index <= size.bulkShops ? BULK_PRODUCTS : 0 }, (_, nth) =>
          product(`Dorado ${nth + 1}`, PLENTY, token),
        ),
      ),
    });
  }
  const clients: Person[] = [];
  for (let index = 1; index <= size.clients; index += 1) {
    const user = await register(`client${index}`);
    clients.push(person({ user_id: user.id, role: "CLIENT", expires_at: 0 }));
  }
  return { admin: person({ user_id: String(admin?.["id"]), role: "ADMIN", expires_at: 0 }), shops, clients };
}

/** Whoever holds these claims, with as many tokens as they want. */
export function person(principal: Principal): Person {
  return {
    principal,
    token: (lifeS = TOKEN_LIFE_S) =>
      signAccessToken(JWT_SECRET, { ...principal, expires_at: Math.floor(Date.now() / 1_000) + lifeS }),
  };
}
