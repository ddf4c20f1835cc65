import { join } from "node:path";
import { repositoryRoot } from "./bunPath.mjs";
import { hydrateBun } from "./hydrateBun.mjs";
import { hydratePostgres } from "./hydratePostgres.mjs";
import { areDependenciesInstalled, installDependencies } from "./installDependencies.mjs";
import { Refusal } from "./refusal.mjs";
import { withLock } from "./withLock.mjs";

const OLDEST_NODE = 20;

const LOCK = join(repositoryRoot, ".cache", "set-up.lock");

/**
 * Makes a fresh clone able to run: dependencies, Bun, PostgreSQL. Does nothing, quickly, when all is there; of several
 * processes at once one installs and the others wait for it.
 */
export async function setUp() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    throw new Refusal(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}`);
  }
  if (areDependenciesInstalled()) hydrate();
  else {
    await withLock(LOCK, async () => {
      await installDependencies();
      hydrate();
    });
  }
}

function hydrate() {
  hydrateBun();
  hydratePostgres();
}
