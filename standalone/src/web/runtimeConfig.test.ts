import { expect, test } from "bun:test";
import { chooseEncoding } from "./assets.ts";
import { withRuntimeConfig } from "./runtimeConfig.ts";

test("the configuration stays data whatever is in it", () => {
  const config = { apiUrl: `http://a"><script>x</script>`, wsUrl: "ws://b?c&d", graphqlUrl: "http://c'" };
  const html = withRuntimeConfig("<html><head></head></html>", config);
  expect(html).not.toContain("<script>");
  const content = /content="([^"]*)"/.exec(html)?.[1] ?? "";
  const text = content
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  expect(JSON.parse(text)).toEqual(config);
});

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip;q=1.0, br;q=0", "gzip"],
  ["deflate", "identity"],
  [null, "identity"],
])("of %j the encoding %s is taken", (accepted, encoding) => {
  expect<string>(chooseEncoding(accepted)).toBe(encoding);
});
