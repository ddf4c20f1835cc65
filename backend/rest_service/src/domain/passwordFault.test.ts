import { expect, test } from "bun:test";
import { passwordFault } from "./passwordFault.ts";

test.each(["1234567", "x".repeat(129), "Password123", "aaaaaaaaaaaa", "ana@example.com", "contraseña"])(
  "%s may not be a password",
  (password) => {
    expect(passwordFault(password, "ana@example.com")).toBeString();
  },
);

test.each(["espigon-demo", "buena pesca", "ñandú y atún", "x".repeat(64) + "y".repeat(64)])(
  "%s may be a password",
  (password) => {
    expect(passwordFault(password, "ana@example.com")).toBeUndefined();
  },
);
