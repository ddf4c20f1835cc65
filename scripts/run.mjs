// Runs a TypeScript program of this repository on the pinned Bun: node scripts/run.mjs <file> [arguments]
import { spawn } from "node:child_process";
import { bunPath } from "./lib/bunPath.mjs";

const child = spawn(bunPath(), process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
