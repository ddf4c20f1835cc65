import { z } from "zod";

export const Role = z.enum(["ADMIN", "SELLER", "CLIENT"]);
export type Role = z.infer<typeof Role>;
