import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { es } from "./es/index.ts";
import { type Language, storeLanguage } from "./language.ts";

const TAGS: Record<Language, string> = { es: "es-EC", en: "en" };

/** Starts the texts in the given language. Spanish is in the bundle; English is fetched when first wanted. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "es",
    fallbackLng: "es",
    resources: { es: { translation: es } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await applyLanguage(language);
}

/** Changes the language of the page, and remembers it. */
export async function changeLanguage(language: Language): Promise<void> {
  storeLanguage(language);
  await applyLanguage(language);
}

async function applyLanguage(language: Language): Promise<void> {
  if (language === "en" && !i18next.hasResourceBundle("en", "translation")) {
    const { en } = await import("./en/index.ts");
    i18next.addResourceBundle("en", "translation", en);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = TAGS[language];
}
