import { Role } from "@espigon/event_contracts";
import { z } from "@hono/zod-openapi";
import { UserRecord } from "../../domain/User.ts";
import { IdInput, IdText, PageLimit, plainText } from "./fields.ts";

export const UserListQuery = z.object({
  search: plainText(120).optional(),
  role: Role.optional(),
  cursor: IdText.optional(),
  limit: PageLimit,
});

export const UserParams = z.object({ id: IdText });

export const UserAnswer = UserRecord.meta({ id: "UserRecord" });

export const UserPage = z
  .object({ users: z.array(UserAnswer), next_cursor: z.string().nullable() })
  .meta({ id: "UserPage" });

export const UserChangesBody = z
  .object({ disabled: z.boolean(), role: z.enum(["ADMIN", "CLIENT"]) })
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), "names nothing to change")
  .meta({ id: "UserChanges" });

export const DisconnectBody = z
  .object({
    user_id: IdInput,
    /** Absent: every session of the user. */
    session_id: z.uuid().optional(),
  })
  .meta({ id: "Disconnection" });
