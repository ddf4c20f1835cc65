import type { es } from "./es/index.ts";

type Texts<T> = {
  readonly [Key in keyof T as Key extends `${string}_many` ? never : Key]: T[Key] extends string
    ? string
    : Texts<T[Key]>;
};

/** What a language must have: the keys of Spanish, without the plural class `many` that only some languages have. */
export type Translation = Texts<typeof es>;
