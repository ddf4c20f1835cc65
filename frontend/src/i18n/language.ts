export type Language = "es" | "en";

const STORAGE_KEY = "espigon-language";

/** The language that this browser chose before; Spanish until then, or where storage is forbidden. */
export function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORAGE_KEY) === "en" ? "en" : "es";
  } catch {
    return "es";
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}

export function otherLanguage(language: Language): Language {
  return language === "es" ? "en" : "es";
}
