import { expect, test } from "bun:test";
import { plainText } from "./fields.ts";

const accepts = (text: string) => plainText(60).safeParse(text).success;

test.each(["Atún fresco", "Ñandú & Cía. «2»", "魚市場", "دجاج", "🐟", "👨‍👩‍👧 familia", "dos\nlíneas"])(
  "%p is text",
  (text) => {
    expect(accepts(text)).toBe(true);
  },
);

test.each(["", "  ", "\u200b", "\u2060\ufeff\u200d", "\u00ad"])(
  "%p, in which there is nothing to see, is not",
  (text) => {
    expect(accepts(text)).toBe(false);
  },
);

test.each(["a\0b", "a\u001bb", "a\ud800", "gratis \u202E3$", "\u2066x"])(
  "%p, which does more than show, is not",
  (text) => {
    expect(accepts(text)).toBe(false);
  },
);
