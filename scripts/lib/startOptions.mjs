import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "./bunPath.mjs";
import { Refusal } from "./refusal.mjs";

const USAGE = "options: --port-offset N, --data DIR, --no-demo";
const HIGHEST_OFFSET = 50_000;

/**
 * Turns the arguments of `npm start` into the environment of standalone. A relative data folder is meant from where the
 * command was typed. Throws a Refusal (exit 2) for any other argument.
 */
export function startEnvironment(args) {
  const { "port-offset": offset = "0", data = join(repositoryRoot, ".data"), "no-demo": noDemo = false } = parse(args);
  if (!/^\d{1,5}$/.test(offset) || Number(offset) > HIGHEST_OFFSET) {
    throw new Refusal(`--port-offset must be a number from 0 to ${HIGHEST_OFFSET}, not "${offset}"; ${USAGE}`, 2);
  }
  if (data === "") throw new Refusal(`--data must name a folder; ${USAGE}`, 2);
  return { PORT_OFFSET: offset, DATA_DIR: resolve(process.env.INIT_CWD ?? process.cwd(), data), DEMO: String(!noDemo) };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        "port-offset": { type: "string" },
        data: { type: "string" },
        "no-demo": { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${error.message.split(/[.\n]/)[0]}; ${USAGE}`, 2);
  }
}
