import { Role } from "@espigon/event_contracts";
import { z } from "zod";

/** Somebody with an account, as they may see themselves. */
export const User = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** The shop; `null` unless the role is SELLER. */
  seller_id: z.string().nullable(),
});
export type User = z.infer<typeof User>;

/** Somebody with an account, as administrators see them. */
export const UserRecord = z.object({
  ...User.shape,
  email: z.string(),
  disabled: z.boolean(),
  created_at: z.iso.datetime(),
});
export type UserRecord = z.infer<typeof UserRecord>;
