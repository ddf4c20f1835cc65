import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptSecret } from "./keptSecret.ts";

test("a secret is made once, is long enough for HS256, and is for its owner only", () => {
  const folder = mkdtempSync(join(tmpdir(), "espigon-secret-"));
  try {
    const path = join(folder, "jwt-secret");
    const secret = keptSecret(path);
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32);
    expect(keptSecret(path)).toBe(secret);
    expect(keptSecret(join(folder, "other"))).not.toBe(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(["jwt-secret", "other"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
