import { ApiError } from "../../lib/ApiError.ts";
import { MIN_PASSWORD } from "./credentialFaults.ts";

type PasswordDraft = { readonly present: string; readonly next: string };
type PasswordFault = "missing" | "wrongPassword" | "shortPassword" | "weakPassword";
export type PasswordFaults = Partial<Record<keyof PasswordDraft, PasswordFault>>;

/** What is plainly wrong with a change of the password before anything is sent. The server decides the rest. */
export function passwordFaults({ present, next }: PasswordDraft): PasswordFaults {
  return {
    ...(present === "" ? { present: "missing" } : {}),
    ...(Array.from(next).length < MIN_PASSWORD ? { next: "shortPassword" } : {}),
  };
}

/** The fields that a refusal is about; none: it is about none of them. */
export function passwordFaultsOfRefusal(error: unknown): PasswordFaults {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "INVALID_CREDENTIALS") return { present: "wrongPassword" };
  return error.errors.some(({ path }) => /^\/?new_password$/.test(path)) ? { next: "weakPassword" } : {};
}
