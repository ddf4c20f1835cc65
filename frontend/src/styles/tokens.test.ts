import { describe, expect, test } from "bun:test";

type Tokens = ReadonlyMap<string, string>;

const css = await Bun.file(new URL("./tokens.css", import.meta.url)).text();

function tokensOf(scheme: "light" | "dark"): Tokens {
  const start = css.indexOf(`[data-mantine-color-scheme="${scheme}"]`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const),
  );
}

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, front: string, back: string): number {
  const [light = 0, dark = 0] = [front, back]
    .map((name) => {
      const hex = tokens.get(name);
      if (hex === undefined) throw new Error(`no token --${name}`);
      return luminance(hex);
    })
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: readonly (readonly [string, string])[] = [
  ["ink", "panel"],
  ["ink", "page"],
  ["muted", "panel"],
  ["muted", "page"],
  ["accent", "panel"],
  ["accent", "page"],
  ["header-ink", "header"],
  ["attention-ink", "attention"],
  ["ok", "panel"],
  ["warn", "panel"],
  ["bad", "panel"],
  ["ok", "page"],
  ["warn", "page"],
  ["bad", "page"],
  ["accent", "attention"],
  ["bad", "attention"],
  ["ink", "depth-1"],
  ["panel", "ink"],
  ["panel", "bad"],
];

const GRAPHICS: readonly (readonly [string, string])[] = [
  ["control", "panel"],
  ["control", "page"],
  ["accent", "header"],
  ["series-1", "panel"],
  ["series-2", "panel"],
  ["series-1", "depth-1"],
  ["series-1", "depth-2"],
  ["series-1", "depth-3"],
  ["series-2", "depth-1"],
  ["series-2", "depth-2"],
  ["series-2", "depth-3"],
];

describe.each(["light", "dark"] as const)("the %s tokens", (scheme) => {
  const tokens = tokensOf(scheme);

  test.each(TEXT)("%s on %s can be read (4.5:1)", (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(GRAPHICS)("%s on %s can be made out (3:1)", (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(3);
  });
});
