import type { RuntimeConfig } from "./runtimeConfig.ts";

/**
 * Headers of every answer. Scripts come from this origin only, never inline; styles may be inline, since the component
 * library writes its variables so; connections go to the three services and nowhere else.
 */
export function securityHeaders(config: RuntimeConfig): Record<string, string> {
  const { apiUrl, wsUrl, graphqlUrl } = config;
  const services = [apiUrl, wsUrl, wsUrl.replace(/^ws/, "http"), graphqlUrl].map((url) => new URL(url).origin);
  const directives = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${[...new Set(services)].join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": directives.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(), camera=()",
  };
}
