import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo/people.ts";

export type Ready = {
  readonly url: string;
  readonly demo: boolean;
  readonly elsewhere: string | undefined;
  /** Where rest_service is, if not where the simulation looks by itself. */
  readonly api?: string;
};

/** What `npm start` prints when all listen. Its first line is `ready <address>`, which scripts may wait for. */
export function readyMessage({ url, demo, elsewhere, api }: Ready): string {
  return [
    `ready ${url}`,
    ...(elsewhere === undefined
      ? []
      : [`the database's files are in ${elsewhere}: PostgreSQL cannot enter this folder`]),
    ...(demo ? demoHints(api) : [ADMIN_HINT]),
    "Ctrl-C stops everything.",
  ].join("\n");
}

const ADMIN_HINT =
  "npm run admin:create -- --email E, in another terminal, makes an administrator; everyone else registers.";

function demoHints(api: string | undefined): readonly string[] {
  return [
    "",
    `demo accounts, all with password ${DEMO_PASSWORD}:`,
    ...DEMO_PEOPLE.filter((person) => person.announced).map((person) => `  ${person.email}`),
    "",
    `npm run simulate${api === undefined ? "" : ` -- --api ${api}`}, in another terminal, places orders and approves payments.`,
  ];
}
