import { parseArgs } from "node:util";

export type Simulation = {
  /** Steps per second: an order placed, or an order moved on. */
  readonly rate: number;
  readonly minutes: number;
  /** Address of rest_service, without a trailing slash. */
  readonly api: string;
};

export const USAGE =
  "options: --rate N (0.1 to 50 steps a second), --minutes N (up to 120), --api http://localhost:3000";

/** Reads the arguments of `npm run simulate`. @throws Error with one line for any that are not understood. */
export function parseSimulation(args: readonly string[]): Simulation {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: "string", default: "1" },
      minutes: { type: "string", default: "5" },
      api: { type: "string", default: "http://localhost:3000" },
    },
  });
  if (!URL.canParse(values.api) || !/^https?:$/.test(new URL(values.api).protocol)) {
    throw new RangeError(`--api must be an address such as http://localhost:3000, not "${values.api}"`);
  }
  return {
    rate: numberWithin("--rate", values.rate, 0.1, 50),
    minutes: numberWithin("--minutes", values.minutes, 0.01, 120),
    api: values.api.replace(/\/+$/, ""),
  };
}

function numberWithin(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= most) return value;
  throw new RangeError(`${name} must be a number from ${least} to ${most}, not "${text}"`);
}
