import { z } from "@hono/zod-openapi";
import { User } from "../../domain/User.ts";
import { Email, plainText } from "./fields.ts";

export const RegisterBody = z
  .object({
    email: Email,
    password: z.string().min(1).max(1024),
    name: plainText(120),
    /** Present: the account is a SELLER's, with this shop. */
    seller: z.object({ name: plainText(120) }).optional(),
  })
  .meta({ id: "Registration" });

export const LoginBody = z.object({ email: Email, password: z.string().min(1).max(1024) }).meta({ id: "Login" });

export const ChangePasswordBody = z
  .object({ current_password: z.string().min(1).max(1024), new_password: z.string().min(1).max(1024) })
  .meta({ id: "PasswordChange" });

export const SessionAnswer = z
  .object({ access_token: z.string(), expires_in: z.int(), user: User.meta({ id: "User" }) })
  .meta({ id: "Session" });
