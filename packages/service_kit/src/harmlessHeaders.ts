/** For every answer that is no page: a browser that is led to it runs, shows in a frame and guesses nothing. */
export const HARMLESS_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
