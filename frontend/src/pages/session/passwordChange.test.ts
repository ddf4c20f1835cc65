import { expect, test } from "bun:test";
import { ApiError } from "../../lib/ApiError.ts";
import { passwordFaultsOfRefusal, readPasswordChange } from "./passwordChange.ts";

test("the present password must be there, and the next long enough", () => {
  expect(readPasswordChange({ present: "", next: "1234567" })).toEqual({
    faults: { present: "missing", next: "shortPassword" },
  });
  const good = { present: "a", next: "🐟".repeat(8) };
  expect(readPasswordChange(good)).toEqual({ body: good });
});

test("a refusal is told at the field that it is about", () => {
  const refusal = (status: number, code: string, errors: readonly { path: string; message: string }[] = []) =>
    new ApiError({ status, code, title: code, errors: [...errors] });
  expect(passwordFaultsOfRefusal(refusal(403, "INVALID_CREDENTIALS"))).toEqual({ present: "wrongPassword" });
  const weak = refusal(400, "INVALID_INPUT", [{ path: "new_password", message: "too common" }]);
  expect(passwordFaultsOfRefusal(weak)).toEqual({ next: "weakPassword" });
  expect(passwordFaultsOfRefusal(refusal(503, "UNAVAILABLE"))).toEqual({});
  expect(passwordFaultsOfRefusal(new Error("no"))).toEqual({});
});
