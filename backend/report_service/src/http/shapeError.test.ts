import { expect, test } from "bun:test";
import { GraphQLError } from "graphql";
import { refusal } from "../schema/refusal.ts";
import { shapeError } from "./shapeError.ts";

test("a refusal keeps its code and message, and gets the request id", () => {
  const { error, surprise } = shapeError(refusal("STALE", "Not yet.", { asOf: "7" }), "request-1");
  expect(error.message).toBe("Not yet.");
  expect(error.extensions).toEqual({ code: "STALE", asOf: "7", request_id: "request-1" });
  expect(surprise).toBeUndefined();
});

test.each([
  ["a fault in a resolver", new GraphQLError("select secret", { originalError: new TypeError("select secret") })],
  ["a fault anywhere", new TypeError("select secret")],
  ["no error at all", "secret"],
  ["a value that does not fit the schema", new GraphQLError("secret is no Int", { path: ["orders"] })],
])("%s is masked, and handed over for the log", (_what, raised) => {
  const { error, surprise } = shapeError(raised, "request-1");
  expect(JSON.stringify(error)).not.toContain("secret");
  expect(error.extensions).toMatchObject({ code: "INTERNAL", request_id: "request-1", http: { status: 500 } });
  expect(surprise).toBeDefined();
});

test("extensions that nobody meant for clients do not leave", () => {
  const { error } = shapeError(
    new GraphQLError("Bad JSON.", { extensions: { code: "BAD_REQUEST", originalError: { message: "secret" } } }),
    "request-1",
  );
  expect(error.extensions).toEqual({ code: "BAD_REQUEST", request_id: "request-1" });
});
