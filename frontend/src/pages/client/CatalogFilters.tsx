import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../lib/resources.ts";
import styles from "./CatalogPage.module.css";
import type { CatalogSearch } from "./catalogSearch.ts";

/** How long a pause in typing is before the words are searched for. */
const PAUSE_MS = 300;

type CatalogFiltersProps = {
  readonly value: CatalogSearch;
  readonly products: readonly Product[] | undefined;
  readonly onChange: (value: CatalogSearch) => void;
};

export function CatalogFilters({ value, products, onChange }: CatalogFiltersProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value.search ?? "");
  const [known, setKnown] = useState<readonly string[]>([]);
  const categories = withCategories(known, value, products);
  if (categories.length !== known.length) setKnown(categories);

  const category = value.category === undefined ? {} : { category: value.category };
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === (value.search ?? "")) return;
    const timer = setTimeout(() => onChange({ ...category, ...(wanted === "" ? {} : { search: wanted }) }), PAUSE_MS);
    return () => clearTimeout(timer);
  });

  return (
    <search className={styles["filters"]}>
      <TextInput
        type="search"
        label={t("catalogue.search")}
        placeholder={t("catalogue.searchPlaceholder")}
        value={words}
        maxLength={80}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <NativeSelect
        label={t("catalogue.category")}
        value={value.category ?? ""}
        data={[{ value: "", label: t("catalogue.allCategories") }, ...categories]}
        onChange={({ currentTarget: { value: chosen } }) => {
          const { category: _, ...rest } = value;
          onChange(chosen === "" ? rest : { ...rest, category: chosen });
        }}
      />
    </search>
  );
}

/** The categories seen so far: a narrowed list must not take away the way back. */
function withCategories(
  known: readonly string[],
  value: CatalogSearch,
  products: readonly Product[] | undefined,
): readonly string[] {
  const seen = new Set(known);
  if (value.category !== undefined) seen.add(value.category);
  for (const { category } of products ?? []) seen.add(category);
  return seen.size === known.length ? known : [...seen].toSorted((a, b) => a.localeCompare(b));
}
