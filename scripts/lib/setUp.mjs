import { hydrateBun } from "./hydrateBun.mjs";
import { hydratePostgres } from "./hydratePostgres.mjs";
import { installDependencies } from "./installDependencies.mjs";
import { Refusal } from "./refusal.mjs";

const OLDEST_NODE = 20;

/** Makes a fresh clone able to run: dependencies, Bun, PostgreSQL. Does nothing, quickly, when all is there. */
export async function setUp() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    throw new Refusal(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}`);
  }
  await installDependencies();
  hydrateBun();
  hydratePostgres();
}
