import type { Product, ProductDetails } from "../domain/Product.ts";

type ProductQuery = {
  /** Words of the name or the category, regardless of case and accents. */
  readonly search: string | undefined;
  readonly category: string | undefined;
  readonly seller_id: string | undefined;
  /** Only products with a lower id. */
  readonly before: string | undefined;
  readonly limit: number;
};

/** Whose change it is: the actor of the event, and the shop that must own the product. */
export type ProductOwner = { readonly user_id: string; readonly seller_id: string };

type ProductChanges = { readonly [Field in keyof ProductDetails]?: ProductDetails[Field] | undefined };

/** The catalogue without what was deleted. A change and its event are one transaction. */
export type ProductStore = {
  /** Newest first. */
  list(query: ProductQuery): Promise<readonly Product[]>;
  find(id: string): Promise<Product | undefined>;
  /** `undefined` when there is no such shop. */
  create(owner: ProductOwner, details: ProductDetails): Promise<Product | undefined>;
  /** `undefined` when the owner has no such product. Absent fields stay as they are. */
  update(owner: ProductOwner, id: string, changes: ProductChanges): Promise<Product | undefined>;
  /** False when the owner has no such product. Orders keep what they say about it. */
  remove(owner: ProductOwner, id: string): Promise<boolean>;
};
