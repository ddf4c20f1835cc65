import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./bunPath.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { Refusal } from "./refusal.mjs";
import { runStep } from "./runStep.mjs";

const SOURCES = ["frontend", "packages/event_contracts", "packages/realtime_client", "package-lock.json"];
const frontend = join(repositoryRoot, "frontend");
const marker = join(repositoryRoot, ".cache", "frontend-build");

/** Builds frontend/dist for production, only when a source has changed since the last build. */
export async function buildFrontend() {
  const wanted = fingerprint(repositoryRoot, SOURCES);
  const built = existsSync(marker) && existsSync(join(frontend, "dist", "index.html"));
  if (built && readFileSync(marker, "utf8") === wanted) return;
  console.log("building the frontend (only when it has changed) …");
  rmSync(marker, { force: true });
  const vite = join(repositoryRoot, "node_modules", "vite", "bin", "vite.js");
  const code = await runStep(process.execPath, [vite, "build", "--logLevel", "error"], {
    cwd: frontend,
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (code !== 0) throw new Refusal("the frontend did not build: see the lines above");
  mkdirSync(join(repositoryRoot, ".cache"), { recursive: true });
  writeFileSync(marker, wanted);
}
