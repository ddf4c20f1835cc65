import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StartFault } from "../StartFault.ts";
import { type Account, canEnter, giveTo } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { sharedPlace } from "./sharedPlace.ts";

/** The only role of the embedded database, and the name of the database. */
export const DATABASE_NAME = "espigon";

const NAME = "postgres";

/** The real path of the database files of a data folder; `undefined` before the first start. */
export function existingCluster(dataFolder: string): string | undefined {
  const path = join(dataFolder, NAME);
  return existsSync(join(path, "PG_VERSION")) ? realpathSync(path) : undefined;
}

export type NewCluster = {
  readonly dataFolder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly password: string;
  readonly durable: boolean;
};

/**
 * Makes the database files, whole or not at all, and returns their path. They lie in the data folder; where the
 * server's account cannot enter that, in a shared place, and the data folder holds a link to them.
 */
export function createCluster(options: NewCluster): string {
  const { dataFolder, account } = options;
  const parent = canEnter(account, dataFolder) ? dataFolder : placeElsewhere(account);
  const unfinished = join(parent, `${NAME}.new`);
  const path = join(parent, NAME);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(account, unfinished);
  initialise(options, unfinished, join(parent, "initdb.password"));
  renameSync(unfinished, path);
  if (parent !== dataFolder) {
    rmSync(join(dataFolder, NAME), { force: true });
    symlinkSync(path, join(dataFolder, NAME));
  }
  return realpathSync(path);
}

function placeElsewhere(account: Account | undefined): string {
  if (account === undefined) throw new Error("the server runs as this process, so it can enter what we can");
  const place = mkdtempSync(join(sharedPlace(account), "data-"));
  chmodSync(place, 0o711);
  return place;
}

function initialise(options: NewCluster, folder: string, passwordFile: string): void {
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  giveTo(options.account, passwordFile);
  try {
    const { status, stderr, error } = spawnSync(
      options.binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${DATABASE_NAME}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        ...(options.durable ? [] : ["--no-sync"]),
      ],
      { ...options.account, cwd: "/", encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
    );
    if (status === 0) return;
    const reason = error?.message ?? stderr.trim().split("\n").at(-1) ?? "no reason given";
    throw new StartFault(`the database could not be made in ${folder}: ${reason}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
