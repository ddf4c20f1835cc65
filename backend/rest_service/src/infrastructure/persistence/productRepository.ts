import type pg from "pg";
import type { ProductStore } from "../../application/ProductStore.ts";
import type { Product } from "../../domain/Product.ts";

const COLUMNS = `id::text, seller_id::text, (select sellers.name from sellers where sellers.id = seller_id) as seller_name,
  name, description, category, unit, price, stock, iva_bp,
  low_stock_threshold, photo_url`;

/** Without case and without the accents of Spanish: "Atún" is found by "atun". */
const folded = (text: string) => `translate(lower(${text}), 'áéíóúüñ', 'aeiouun')`;

// By the column: a bare `id` would mean the text of it that is selected, and 999 would come before 1000.
const LIST = `
  select ${COLUMNS} from products
  where deleted_at is null
    and ($1::text is null or position(${folded("$1")} in ${folded("name || ' ' || category")}) > 0)
    and ($2::text is null or category = $2)
    and ($3::bigint is null or seller_id = $3)
    and ($4::bigint is null or id < $4)
  order by products.id desc limit $5`;

const FIND = `select ${COLUMNS} from products where id = $1 and deleted_at is null`;

/** The event of a changed product, from a query `changed` that has its columns and `low_stock` (jsonb or null). */
const event = (type: string, action: string, actor: string) => `
  insert into outbox_pending (type, actor, seller_id, metadata, payload)
  select '${type}', ${actor}, seller_id, '{"action": "${action}"}',
    jsonb_build_object('product_id', id::text, 'name', name, 'price', price, 'stock', stock)
    || case when low_stock is null then '{}' else jsonb_build_object('low_stock', low_stock) end
  from changed`;

const CREATE = `
  with changed as (
    insert into products (seller_id, name, description, category, unit, price, stock, iva_bp, low_stock_threshold,
      photo_url)
    select id, $3, $4, $5, $6, $7, $8, $9, $10, $11 from sellers where id = $2
    returning *, null::jsonb as low_stock
  ), event as (${event("PRODUCT_CREATED", "product_created", "$1::jsonb")})
  select ${COLUMNS} from changed`;

// The row is locked before its stock is read, so that of any number of writers one sees the crossing.
const UPDATE = `
  with before as (
    select id, stock, low_stock_threshold from products
    where id = $3 and seller_id = $2 and deleted_at is null for no key update
  ), changed as (
    update products p set name = coalesce($4, p.name), description = coalesce($5, p.description),
      category = coalesce($6, p.category), unit = coalesce($7, p.unit), price = coalesce($8, p.price),
      stock = coalesce($9, p.stock), iva_bp = coalesce($10, p.iva_bp),
      low_stock_threshold = coalesce($11, p.low_stock_threshold),
      photo_url = case when $12 then $13 else p.photo_url end, updated_at = now()
    from before where p.id = before.id
    returning p.*, case
      when p.stock <= p.low_stock_threshold and before.stock > before.low_stock_threshold
      then jsonb_build_array(jsonb_build_object('product_id', p.id::text, 'name', p.name, 'stock', p.stock,
        'threshold', p.low_stock_threshold)) end as low_stock
  ), event as (${event("PRODUCT_UPDATED", "product_updated", "$1::jsonb")})
  select ${COLUMNS} from changed`;

const REMOVE = `
  with changed as (
    update products set deleted_at = now(), updated_at = now()
    where id = $3 and seller_id = $2 and deleted_at is null
    returning *, null::jsonb as low_stock
  ), event as (${event("PRODUCT_DELETED", "product_deleted", "$1::jsonb")})
  select id from changed`;

const actorOf = (owner: { user_id: string }) => JSON.stringify({ user_id: owner.user_id, role: "SELLER" });

/** The catalogue in PostgreSQL; every method is one statement. */
export function createProductRepository(pool: pg.Pool): ProductStore {
  return {
    async list({ search, category, seller_id, before, limit }) {
      const { rows } = await pool.query<Product>(LIST, [search, category, seller_id, before, limit]);
      return rows;
    },

    async find(id) {
      const { rows } = await pool.query<Product>(FIND, [id]);
      return rows[0];
    },

    async create(owner, product) {
      const { rows } = await pool.query<Product>(CREATE, [
        actorOf(owner),
        owner.seller_id,
        product.name,
        product.description,
        product.category,
        product.unit,
        product.price,
        product.stock,
        product.iva_bp,
        product.low_stock_threshold,
        product.photo_url,
      ]);
      return rows[0];
    },

    async update(owner, id, changes) {
      const { rows } = await pool.query<Product>(UPDATE, [
        actorOf(owner),
        owner.seller_id,
        id,
        changes.name,
        changes.description,
        changes.category,
        changes.unit,
        changes.price,
        changes.stock,
        changes.iva_bp,
        changes.low_stock_threshold,
        changes.photo_url !== undefined,
        changes.photo_url,
      ]);
      return rows[0];
    },

    async remove(owner, id) {
      const { rowCount } = await pool.query(REMOVE, [actorOf(owner), owner.seller_id, id]);
      return rowCount === 1;
    },
  };
}
