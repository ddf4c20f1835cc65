import { HARMLESS_HEADERS } from "@espigon/service_kit";

const ALWAYS = {
  ...HARMLESS_HEADERS,
  "cache-control": "no-store",
  "strict-transport-security": "max-age=31536000",
};

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
  return contentType?.startsWith("text/html") ? { ...ALWAYS, "content-security-policy": GRAPHIQL } : ALWAYS;
}
