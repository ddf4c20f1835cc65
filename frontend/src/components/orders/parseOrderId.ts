import { notFound } from "@tanstack/react-router";

/** An order's id in a path. @throws what the router shows as "not found" when it is not one. */
export function parseOrderId(text: string): number {
  const id = Number(text);
  if (!/^\d{1,15}$/.test(text) || id < 1) throw notFound();
  return id;
}
