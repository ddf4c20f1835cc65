import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo/people.ts";

/** What `npm start` prints when all listen. Its first line is `ready <address>`, which scripts may wait for. */
export function readyMessage({ url, demo }: { readonly url: string; readonly demo: boolean }): string {
  const ready = `ready ${url}`;
  if (!demo) return `${ready}\n  Ctrl-C stops everything.`;
  const accounts = DEMO_PEOPLE.filter((person) => person.announced).map((person) => `  ${person.email}`);
  return [
    ready,
    "",
    `demo accounts, all with password ${DEMO_PASSWORD}:`,
    ...accounts,
    "",
    "npm run simulate, in another terminal, places orders and approves payments. Ctrl-C stops everything.",
  ].join("\n");
}
