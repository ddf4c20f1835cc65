import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** A random secret (256 bits, base64url) that is made once and kept in a file that only its owner can read. */
export function keptSecret(path: string): string {
  const kept = read(path);
  if (kept !== undefined) return kept;
  const secret = randomBytes(32).toString("base64url");
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, secret, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  try {
    linkSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return secret;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
