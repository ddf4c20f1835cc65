import { z } from "zod";

/** A room's name: what `JOIN` names and what follows `ws:room:` in a Redis channel. */
export const RoomName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/);

const Token = z
  .string()
  .max(4096)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

export const Resume = z
  .strictObject({ type: z.literal("RESUME"), seq: z.int().nonnegative() })
  .describe("After READY: the highest seq that was applied whole (0: none). DIRTY or RESYNC follows.");
export const Auth = z
  .strictObject({ type: z.literal("AUTH"), token: Token })
  .describe("A newer access token of the same user, role and shop.");
export const Join = z
  .strictObject({ type: z.literal("JOIN"), room: RoomName, token: Token.optional() })
  .describe("Asks to hear a room, with the room token that rest_service signed. `catalog` needs none.");
export const Leave = z
  .strictObject({ type: z.literal("LEAVE"), room: RoomName })
  .describe("The room is not heard any more.");
export const Typing = z
  .strictObject({ type: z.literal("TYPING"), room: RoomName })
  .describe("Shown to the other members of a room that was joined.");

/** What a client may say. It cannot name an audience. */
export const ClientFrame = z.discriminatedUnion("type", [Resume, Auth, Join, Leave, Typing]);
export type ClientFrame = z.infer<typeof ClientFrame>;
