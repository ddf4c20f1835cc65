import { useTranslation } from "react-i18next";
import { type Format, FORMATS } from "./format.ts";
import type { Language } from "./language.ts";

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "es";
}

/** The formatters of the language on screen. */
export function useFormat(): Format {
  return FORMATS[useLanguage()];
}
