import { type DraftReading, type Faults, isFaultless } from "../../components/draft.ts";
import { ApiError } from "../../lib/ApiError.ts";
import { MIN_PASSWORD } from "./credentials.ts";

type PasswordField = "present" | "next";
type PasswordFault = "missing" | "wrongPassword" | "shortPassword" | "weakPassword";
type PasswordDraft = Readonly<Record<PasswordField, string>>;
type PasswordFaults = Faults<PasswordField, PasswordFault>;

/** What is plainly wrong with a change of the password before anything is sent, or what to send. The server decides the rest. */
export function readPasswordChange(draft: PasswordDraft): DraftReading<PasswordField, PasswordFault, PasswordDraft> {
  const faults: PasswordFaults = {
    ...(draft.present === "" ? { present: "missing" } : {}),
    ...(Array.from(draft.next).length < MIN_PASSWORD ? { next: "shortPassword" } : {}),
  };
  return isFaultless(faults) ? { body: draft } : { faults };
}

/** The fields that a refusal is about; none: it is about none of them. */
export function passwordFaultsOfRefusal(error: unknown): PasswordFaults {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "INVALID_CREDENTIALS") return { present: "wrongPassword" };
  return error.errors.some(({ path }) => /^\/?new_password$/.test(path)) ? { next: "weakPassword" } : {};
}
