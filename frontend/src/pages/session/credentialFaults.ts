import { ApiError } from "../../lib/ApiError.ts";

export type CredentialField = "email" | "password" | "name" | "shop";
export type CredentialFault = "missing" | "badEmail" | "shortPassword" | "weakPassword";
export type CredentialFaults = Partial<Record<CredentialField, CredentialFault>>;

/** The least length of a password, in characters, as the server has it. */
export const MIN_PASSWORD = 8;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is plainly wrong before anything is sent. The server decides the rest. */
export function loginFaults(draft: { readonly email: string; readonly password: string }): CredentialFaults {
  return { ...emailFault(draft.email), ...(draft.password === "" ? { password: "missing" } : {}) };
}

type RegistrationDraft = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** The shop's name; null where none is opened. */
  readonly shop: string | null;
};

export function registrationFaults({ email, password, name, shop }: RegistrationDraft): CredentialFaults {
  return {
    ...emailFault(email),
    ...(Array.from(password).length < MIN_PASSWORD ? { password: "shortPassword" } : {}),
    ...(name.trim() === "" ? { name: "missing" } : {}),
    ...(shop !== null && shop.trim() === "" ? { shop: "missing" } : {}),
  };
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

function emailFault(email: string): CredentialFaults {
  if (email.trim() === "") return { email: "missing" };
  return EMAIL.test(email.trim()) ? {} : { email: "badEmail" };
}
