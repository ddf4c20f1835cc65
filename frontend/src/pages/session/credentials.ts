import { type DraftReading, type Faults, isFaultless } from "../../components/draft.ts";
import { ApiError } from "../../lib/ApiError.ts";
import type { Registration } from "../../lib/Session.ts";

type CredentialField = "email" | "password" | "name" | "shop";
type CredentialFault = "missing" | "badEmail" | "shortPassword" | "weakPassword";
type CredentialFaults = Faults<CredentialField, CredentialFault>;

type LoginDraft = Readonly<Record<"email" | "password", string>>;
type RegistrationDraft = Readonly<Record<CredentialField, string>>;

/** The least length of a password, in characters, as the server has it. */
export const MIN_PASSWORD = 8;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is plainly wrong before anything is sent, or what to send. The server decides the rest. */
export function readLogin({
  email,
  password,
}: LoginDraft): DraftReading<keyof LoginDraft, CredentialFault, LoginDraft> {
  const faults = {
    ...emailFault(email),
    ...(password === "" ? { password: "missing" as const } : {}),
  };
  return isFaultless(faults) ? { body: { email: email.trim(), password } } : { faults };
}

/** A client's account; with a shop where one is opened (`sells`). */
export function readRegistration(
  { email, password, name, shop }: RegistrationDraft,
  sells: boolean,
): DraftReading<CredentialField, CredentialFault, Registration> {
  const faults: CredentialFaults = {
    ...emailFault(email),
    ...(Array.from(password).length < MIN_PASSWORD ? { password: "shortPassword" } : {}),
    ...(name.trim() === "" ? { name: "missing" } : {}),
    ...(sells && shop.trim() === "" ? { shop: "missing" } : {}),
  };
  if (!isFaultless(faults)) return { faults };
  const account = { name: name.trim(), email: email.trim(), password };
  return { body: sells ? { ...account, seller: { name: shop.trim() } } : account };
}

/** The fields that a refusal (`INVALID_INPUT`) names, in the form's own words. */
export function faultsOfRefusal(error: unknown): CredentialFaults {
  if (!(error instanceof ApiError)) return {};
  const named = (field: string) => error.errors.some(({ path }) => path === field || path === `/${field}`);
  return {
    ...(named("email") ? { email: "badEmail" } : {}),
    ...(named("password") ? { password: "weakPassword" } : {}),
  };
}

function emailFault(email: string): Faults<"email", CredentialFault> {
  if (email.trim() === "") return { email: "missing" };
  return EMAIL.test(email.trim()) ? {} : { email: "badEmail" };
}
