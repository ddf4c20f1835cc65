import type { TokenVerdict, VerifyAccessToken } from "@espigon/service_kit";

export type RequestVerdict = { readonly token: string; readonly verdict: TokenVerdict | { readonly kind: "missing" } };

/** Verifies the bearer token of a request; a token anywhere but in this header is not looked at. */
export async function verdictOf(headers: Headers, verify: VerifyAccessToken): Promise<RequestVerdict> {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) return { token, verdict: await verify(token) };
  return { token: "", verdict: { kind: headers.has("authorization") ? "invalid" : "missing" } };
}
