import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Tokens } from "../application/sessionTokens.ts";

/**
 * The cookie that holds the refresh token. It goes to the auth endpoints alone, so its name has the prefix `__Secure-`
 * where it is for https only: `__Host-` would send it with every request.
 */
export function createRefreshCookie(options: { secure: boolean }) {
  const name = options.secure ? "__Secure-espigon_refresh" : "espigon_refresh";
  const attributes = { httpOnly: true, sameSite: "Strict", path: "/api/auth", secure: options.secure } as const;
  return {
    read: (context: Context): string | undefined => getCookie(context, name),
    write: (context: Context, tokens: Tokens): void => {
      setCookie(context, name, tokens.refresh_token, { ...attributes, maxAge: tokens.refresh_expires_in });
    },
    clear: (context: Context): void => {
      deleteCookie(context, name, attributes);
    },
  };
}
