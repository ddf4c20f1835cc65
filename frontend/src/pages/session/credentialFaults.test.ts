import { expect, test } from "bun:test";
import { ApiError } from "../../lib/ApiError.ts";
import { faultsOfRefusal, loginFaults, registrationFaults } from "./credentialFaults.ts";

const GOOD = { email: "ana@espigon.test", password: "espigon-demo", name: "Ana", shop: null };

test("a login needs an address and a password, and any old password is let through", () => {
  expect(loginFaults({ email: "", password: "" })).toEqual({ email: "missing", password: "missing" });
  expect(loginFaults({ email: "ana", password: "x" })).toEqual({ email: "badEmail" });
  expect(loginFaults({ email: " ana@espigon.test ", password: "x" })).toEqual({});
});

test("a registration needs a name and eight characters, counted as people count them", () => {
  expect(registrationFaults(GOOD)).toEqual({});
  expect(registrationFaults({ ...GOOD, name: " ", password: "1234567" })).toEqual({
    name: "missing",
    password: "shortPassword",
  });
  expect(registrationFaults({ ...GOOD, password: "🐟🐟🐟🐟🐟🐟🐟" })).toEqual({ password: "shortPassword" });
});

test("a shop needs a name only where one is opened", () => {
  expect(registrationFaults({ ...GOOD, shop: "" })).toEqual({ shop: "missing" });
});

test("a refusal marks the fields that it names", () => {
  const errors = [{ path: "password", message: "is one of the most used passwords" }];
  const refusal = new ApiError({ status: 400, code: "INVALID_INPUT", title: "", errors });
  expect(faultsOfRefusal(refusal)).toEqual({ password: "weakPassword" });
  expect(faultsOfRefusal(new Error("other"))).toEqual({});
});
