import type { ProductStore } from "./ProductStore.ts";

/** What a seller does with its part of the catalogue; each change wakes the sequencer. */
export type ManageProducts = Pick<ProductStore, "create" | "update" | "remove">;

export function createManageProducts(deps: { products: ProductStore; committed: () => void }): ManageProducts {
  const { products, committed } = deps;
  return {
    async create(owner, details) {
      const product = await products.create(owner, details);
      if (product !== undefined) committed();
      return product;
    },
    async update(owner, id, changes) {
      const product = await products.update(owner, id, changes);
      if (product !== undefined) committed();
      return product;
    },
    async remove(owner, id) {
      const removed = await products.remove(owner, id);
      if (removed) committed();
      return removed;
    },
  };
}
