import { expect, test } from "bun:test";
import { ApiError } from "../../lib/ApiError.ts";
import { faultsOfRefusal, readLogin, readRegistration } from "./credentials.ts";

const GOOD = { email: "ana@espigon.test", password: "espigon-demo", name: "Ana", shop: "" };

test("a login needs an address and a password, and any old password is let through", () => {
  expect(readLogin({ email: "", password: "" })).toEqual({ faults: { email: "missing", password: "missing" } });
  expect(readLogin({ email: "ana", password: "x" })).toEqual({ faults: { email: "badEmail" } });
  expect(readLogin({ email: " ana@espigon.test ", password: " x " })).toEqual({
    body: { email: "ana@espigon.test", password: " x " },
  });
});

test("a registration needs a name and eight characters, counted as people count them", () => {
  expect(readRegistration({ ...GOOD, name: " Ana ", email: " ana@espigon.test" }, false)).toEqual({
    body: { name: "Ana", email: "ana@espigon.test", password: "espigon-demo" },
  });
  expect(readRegistration({ ...GOOD, name: " ", password: "1234567" }, false)).toEqual({
    faults: { name: "missing", password: "shortPassword" },
  });
  expect(readRegistration({ ...GOOD, password: "🐟🐟🐟🐟🐟🐟🐟" }, false)).toEqual({
    faults: { password: "shortPassword" },
  });
});

test("a shop needs a name, and is sent, only where one is opened", () => {
  expect(readRegistration({ ...GOOD, shop: " " }, true)).toEqual({ faults: { shop: "missing" } });
  expect(readRegistration({ ...GOOD, shop: " La Lonja " }, true)).toMatchObject({
    body: { seller: { name: "La Lonja" } },
  });
  expect(readRegistration({ ...GOOD, shop: "La Lonja" }, false)).toEqual({
    body: { name: "Ana", email: "ana@espigon.test", password: "espigon-demo" },
  });
});

test("a refusal marks the fields that it names", () => {
  const errors = [{ path: "password", message: "is one of the most used passwords" }];
  const refusal = new ApiError({ status: 400, code: "INVALID_INPUT", title: "", errors });
  expect(faultsOfRefusal(refusal)).toEqual({ password: "weakPassword" });
  expect(faultsOfRefusal(new Error("other"))).toEqual({});
});
