import { ConfigError, parseConfig } from "@espigon/service_kit";
import { fileURLToPath } from "node:url";
import { StandaloneConfig } from "./config.ts";
import { whenAskedToStop } from "./whenAskedToStop.ts";
import { readyMessage } from "./readyMessage.ts";
import { type Standalone, startStandalone } from "./startStandalone.ts";
import { StartFault } from "./StartFault.ts";

/** Longer than any part may take to stop; after it the process ends anyway. */
const STOP_DEADLINE_MS = 15_000;

const frontendFolder = fileURLToPath(new URL("../../frontend/dist", import.meta.url));

process.exit(await main());

/** Resolves to the exit code. */
async function main(): Promise<number> {
  let asked: Promise<void>;
  let standalone: Standalone;
  try {
    const config = parseConfig(StandaloneConfig, process.env);
    asked = whenAskedToStop(config.STARTER_PID);
    standalone = await startStandalone(config, frontendFolder);
  } catch (error) {
    console.error(`espigon: ${explain(error)}`);
    return 1;
  }
  console.log(readyMessage(standalone));
  const reason = await Promise.race([
    asked.then(() => "asked" as const),
    standalone.databaseEnded.then(() => "database" as const),
  ]);
  if (reason === "database")
    console.error("espigon: PostgreSQL has ended by itself; see postgres.log in the data folder");
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS);
  await standalone.stop();
  return reason === "asked" ? 0 : 1;
}

/** What the operator can mend is one line; anything else comes with its trace. */
function explain(error: unknown): string {
  if (error instanceof StartFault || error instanceof ConfigError) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `a port is taken (${error.message}): stop the other program, or start with --port-offset N`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
