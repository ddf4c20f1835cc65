const ALWAYS = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

const NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** GraphiQL, which exists outside production only, comes from a CDN and starts from inline script. */
const GRAPHIQL = [
  "default-src 'none'",
  "script-src 'unsafe-inline' https://unpkg.com blob:",
  "style-src 'unsafe-inline' https://unpkg.com",
  "font-src https://unpkg.com data:",
  "img-src https: data:",
  "worker-src blob:",
  "connect-src 'self' https://unpkg.com",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function securityHeaders(contentType: string | null): Readonly<Record<string, string>> {
  return { ...ALWAYS, "content-security-policy": contentType?.startsWith("text/html") ? GRAPHIQL : NOTHING };
}
