/** Where the browser finds the services: the same build of the frontend serves any ports. */
export type RuntimeConfig = { readonly apiUrl: string; readonly wsUrl: string; readonly graphqlUrl: string };

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Puts the configuration into a page's head as a meta element: data, so that no script needs to be inline. */
export function withRuntimeConfig(html: string, config: RuntimeConfig): string {
  const content = JSON.stringify(config).replaceAll(/[&<>"']/g, (character) => HTML_ESCAPES[character] ?? character);
  return html.replace(/<head([^>]*)>/i, (head) => `${head}<meta name="espigon-config" content="${content}">`);
}
