import { existsSync } from "node:fs";
import { runProgram } from "./runProgram.ts";

export type Tool = {
  /** What people call it. */
  readonly name: string;
  /** Names of its program, the best first. */
  readonly programs: readonly string[];
  /** The environment variable that may hold its path. */
  readonly variable: string;
  /** The Debian package that brings it. */
  readonly debianPackage: string;
  /** With these arguments a program that is fit exits with 0. */
  readonly fitness?: readonly string[];
};

export const REDIS: Tool = {
  name: "redis-server",
  programs: ["redis-server"],
  variable: "TEST_REDIS_SERVER",
  debianPackage: "redis-server",
};

export const NGINX: Tool = {
  name: "nginx",
  programs: ["nginx", "/usr/sbin/nginx"],
  variable: "TEST_NGINX",
  debianPackage: "nginx-light",
};

export const CHROMIUM: Tool = {
  name: "Chromium",
  programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  variable: "CHROME_PATH",
  debianPackage: "chromium",
};

export const PYTHON_WEBSOCKETS: Tool = {
  name: "Python's websockets",
  programs: ["python3", "/usr/bin/python3"],
  variable: "TEST_PYTHON_WEBSOCKETS",
  debianPackage: "python3-websockets",
  fitness: ["-c", "import websockets"],
};

const FITNESS_MS = 10_000;
const UPDATE_MS = 120_000;
const INSTALL_MS = 300_000;

/**
 * Finds the programs of `tools`; those that are missing are installed by apt where this is root on a Debian. Gives the
 * path of each, `undefined` for one that is not to be had.
 */
export async function findTools(tools: readonly Tool[], signal: AbortSignal): Promise<Map<Tool, string | undefined>> {
  const missing = tools.filter((tool) => locate(tool) === undefined);
  if (missing.length > 0 && canInstall()) await install(missing, signal);
  return new Map(tools.map((tool) => [tool, locate(tool)]));
}

function locate(tool: Tool): string | undefined {
  const given = process.env[tool.variable];
  if (given !== undefined && existsSync(given)) return given;
  const found = tool.programs.map((program) => Bun.which(program)).filter((path) => path !== null);
  return found.find((path) => isFit(path, tool));
}

function isFit(path: string, { fitness }: Tool): boolean {
  return fitness === undefined || Bun.spawnSync([path, ...fitness], { timeout: FITNESS_MS }).success;
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && Bun.which("apt-get") !== null;
}

async function install(tools: readonly Tool[], signal: AbortSignal): Promise<void> {
  console.log(`installing ${tools.map((tool) => tool.name).join(" and ")} with apt-get …`);
  // RUNLEVEL=1: the packages' own services are not started.
  const options = { signal, quiet: true, env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" } };
  await runProgram("apt-get", ["update", "-qq"], { ...options, timeoutMs: UPDATE_MS });
  const packages = tools.map((tool) => tool.debianPackage);
  await runProgram("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
    ...options,
    timeoutMs: INSTALL_MS,
  });
}
