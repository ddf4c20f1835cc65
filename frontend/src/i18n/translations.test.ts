import { describe, expect, test } from "bun:test";
import { en } from "./en/index.ts";
import { es } from "./es/index.ts";

const PLURAL = /_(zero|one|two|few|many|other)$/;

function leaves(node: object, path = ""): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") found.set(name, value);
    else for (const [inner, text] of leaves(value as object, name)) found.set(inner, text);
  }
  return found;
}

const LANGUAGES = { es: leaves(es), en: leaves(en) };

/** Keys without their plural class, since languages have different ones. */
function baseKeys(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].toSorted();
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? "").toSorted();
}

describe("the languages", () => {
  test("have the same keys", () => {
    expect(baseKeys(LANGUAGES.en)).toEqual(baseKeys(LANGUAGES.es));
  });

  test.each(["es", "en"] as const)("%s has every plural class that the language needs", (language) => {
    const texts = LANGUAGES[language];
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const plurals = baseKeys(new Map([...texts].filter(([key]) => PLURAL.test(key))));
    expect(plurals.length).toBeGreaterThan(0);
    for (const key of plurals) {
      const has = [...texts.keys()].filter((name) => name.replace(PLURAL, "") === key);
      expect(has.map((name) => PLURAL.exec(name)?.[1] ?? "").toSorted()).toEqual(needed);
    }
  });

  test("leave no text empty", () => {
    for (const texts of Object.values(LANGUAGES)) {
      expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
    }
  });

  test("fill in the same values", () => {
    for (const [key, text] of LANGUAGES.en) {
      const other = LANGUAGES.es.get(key);
      if (other !== undefined && !PLURAL.test(key))
        expect([key, placeholders(text)]).toEqual([key, placeholders(other)]);
    }
  });
});
