import { ApiError, NobodyListens } from "./ApiError.ts";
import { createAccount } from "./createAccount.ts";
import { parseSimulation, type Simulation, USAGE } from "./parseSimulation.ts";
import { simulate } from "./simulate.ts";
import { DEMO_SELLERS } from "../../standalone/src/demo/catalogue.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../../standalone/src/demo/people.ts";

const CLIENTS = 6;

let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopped = true;
  });
}

process.exit(await main());

async function main(): Promise<number> {
  let simulation: Simulation;
  try {
    simulation = parseSimulation(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`);
    return 2;
  }
  try {
    const steps = await simulate(depsFor(simulation.api), simulation.rate, simulation.minutes);
    console.log(`${steps} steps taken`);
    return 0;
  } catch (error) {
    if (error instanceof ApiError && error.code === "INVALID_CREDENTIALS") {
      console.error(`the marketplace at ${simulation.api} has no demo accounts: start it without --no-demo`);
    } else if (error instanceof ApiError || error instanceof NobodyListens || error instanceof RangeError) {
      console.error(error.message);
    } else {
      throw error;
    }
    return 1;
  }
}

function depsFor(api: string) {
  const account = (email: string) => createAccount(api, email, DEMO_PASSWORD);
  const clients = DEMO_PEOPLE.filter((person) => person.role === "CLIENT").slice(0, CLIENTS);
  const owners = new Map(DEMO_PEOPLE.map((person) => [person.id, person.email]));
  return {
    clients: clients.map((person) => account(person.email)),
    sellers: new Map(DEMO_SELLERS.map((seller) => [String(seller.id), account(owners.get(seller.ownerId) ?? "")])),
    say: (line: string) => console.log(`${new Date().toLocaleTimeString("es-EC", { hour12: false })}  ${line}`),
    random: Math.random,
    sleep: (milliseconds: number) => Bun.sleep(milliseconds),
    now: () => performance.now(),
    stopped: () => stopped,
  };
}
