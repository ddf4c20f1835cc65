import { expect, test } from "bun:test";
import { createPasswordHasher } from "./passwordHasher.ts";

test("passwords are hashed by argon2id with the parameters that OWASP asks for, and verified", async () => {
  const hasher = createPasswordHasher({ concurrency: 1, maxWaiting: 10 });
  const hash = (await hasher.hash("buena pesca")) ?? "";
  expect(hash).toStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
  expect(await hasher.verify("buena pesca", hash)).toBe(true);
  expect(await hasher.verify("mala pesca", hash)).toBe(false);
  expect(await hasher.verify("buena pesca", undefined)).toBe(false);
});

test("more than may wait are turned away, and the turns of the others come", async () => {
  const hasher = createPasswordHasher({ concurrency: 1, maxWaiting: 2 });
  const hashes = await Promise.all(["a", "b", "c", "d", "e"].map((password) => hasher.hash(password)));
  expect(hashes.map((hash) => hash === undefined)).toEqual([false, false, false, true, true]);
  expect(await hasher.hash("f")).toBeString();
});
