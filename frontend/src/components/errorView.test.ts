import { expect, test } from "bun:test";
import fc from "fast-check";
import { es } from "../i18n/es/index.ts";
import { ApiError } from "../lib/ApiError.ts";
import { errorView } from "./errorView.ts";

test("a failure of ours keeps its code and the request's id", () => {
  const error = new ApiError({ status: 500, code: "INTERNAL", title: "Internal", request_id: "r-1" });
  expect(errorView(error)).toEqual({ code: "INTERNAL", requestId: "r-1" });
});

test("a refusal of what somebody did has nothing to be looked up", () => {
  const error = new ApiError({ status: 401, code: "INVALID_CREDENTIALS", title: "No", request_id: "r-1" });
  expect(errorView(error)).toEqual({ code: "INVALID_CREDENTIALS", requestId: undefined });
});

test("a GraphQL error tells its code in its extensions", () => {
  const error = { message: "late", errors: [{ message: "late", extensions: { code: "STALE", request_id: "r-2" } }] };
  expect(errorView(error)).toEqual({ code: "STALE", requestId: "r-2" });
});

test("a code without words of ours is unknown", () => {
  expect(errorView(new ApiError({ status: 418, code: "HTTP_418", title: "" })).code).toBe("UNKNOWN");
  expect(errorView({ code: "toString" }).code).toBe("UNKNOWN");
});

test("anything thrown has a text", () => {
  fc.assert(
    fc.property(fc.anything(), (thrown) => {
      expect(es.errors.code[errorView(thrown).code]).toBeString();
    }),
  );
});

test("every code that has words is recognised", () => {
  for (const code of Object.keys(es.errors.code)) expect(errorView({ code }).code as string).toBe(code);
});
