import { z } from "@hono/zod-openapi";

const MAX_BIGINT = 9_223_372_036_854_775_807n;

/** An id of the database as decimal digits. */
export const IdText = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, "must be an id")
  .refine((id) => BigInt(id) <= MAX_BIGINT, { error: "must be an id", when: ({ issues }) => issues.length === 0 })
  .openapi({ example: "7" });

/** An id in a body: digits as we write them, or the number that others make of them. */
export const IdInput = z.union([IdText, z.int().positive().transform(String)]).openapi({ example: "7" });

/** An order's id in a path. */
export const OrderIdText = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "must be an id")
  .openapi({ example: "9" });

// Line breaks and tabs may be in a text; other control characters and broken surrogate pairs may not, nor what turns
// round the direction of the text that follows, on whatever page it is shown.
const UNPRINTABLE = /(?![\n\r\t])[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text of people: trimmed, with something to see, without control characters. `max` in UTF-16 units. */
export function plainText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !UNPRINTABLE.test(text), "must not contain control characters")
    .refine((text) => text === "" || VISIBLE.test(text), "must have something to see");
}

/** An e-mail address, in lower case after parsing: one address, one account. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email()).openapi({ example: "ana@example.com" });

/** How many items one page of a list has. */
export const PageLimit = z.coerce.number().int().min(1).max(100).default(20);
