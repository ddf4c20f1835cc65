import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseLoginSearch } from "./guards.ts";

describe("where the login leads", () => {
  test("a path of this page is kept", () => {
    expect(parseLoginSearch({ redirect: "/seller/orders?status=payment_submitted" })).toEqual({
      redirect: "/seller/orders?status=payment_submitted",
    });
  });

  test.each(["//evil.test", "/\\evil.test", "/\t/evil.test", "https://evil.test", "javascript:alert(1)", "", 7, null])(
    "%p leads nowhere",
    (redirect) => {
      expect(parseLoginSearch({ redirect })).toEqual({});
    },
  );

  test("whatever is kept stays on this origin", () => {
    const origin = "https://espigon.test";
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((tail) => `/${tail}`),
        ),
        (redirect) => {
          const kept = parseLoginSearch({ redirect }).redirect;
          if (kept !== undefined) expect(new URL(kept, origin).origin).toBe(origin);
        },
      ),
    );
  });
});
