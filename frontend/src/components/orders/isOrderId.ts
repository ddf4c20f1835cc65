/** Whether a piece of a path can be an order's id. */
export function isOrderId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}
