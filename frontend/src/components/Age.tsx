import { useTranslation } from "react-i18next";
import { useAge } from "./useAge.ts";

type AgeProps = {
  readonly since: string | number;
  /** The sentence around the age. */
  readonly text: "common.staleData" | "figures.oldest";
};

/** A sentence with an age in it that stays true while it is on screen. */
export function Age({ since, text }: AgeProps) {
  const { t } = useTranslation();
  return t(text, { age: useAge(since) });
}
