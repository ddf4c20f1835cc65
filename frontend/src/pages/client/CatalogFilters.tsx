import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../lib/resources.ts";
import styles from "./CatalogPage.module.css";
import type { CatalogSearch } from "./catalogSearch.ts";
import { useWords } from "./useWords.ts";

type CatalogFiltersProps = {
  readonly value: CatalogSearch;
  readonly products: readonly Product[] | undefined;
  readonly onChange: (value: CatalogSearch) => void;
};

export function CatalogFilters({ value, products, onChange }: CatalogFiltersProps) {
  const { t } = useTranslation();
  const [words, setWords] = useWords(value.search ?? "", (search) => {
    onChange({ ...pick(value, "category"), ...(search === "" ? {} : { search }) });
  });
  const [known, setKnown] = useState<readonly string[]>([]);
  const categories = withCategories(known, value, products);
  if (categories.length !== known.length) setKnown(categories);

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
          onChange({ ...pick(value, "search"), ...(chosen === "" ? {} : { category: chosen }) });
        }}
      />
    </search>
  );
}

function pick(value: CatalogSearch, name: keyof CatalogSearch): CatalogSearch {
  return value[name] === undefined ? {} : { [name]: value[name] };
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
