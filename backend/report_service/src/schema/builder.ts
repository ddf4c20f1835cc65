import SchemaBuilder from "@pothos/core";
import type { ReportContext } from "./ReportContext.ts";

/** The code-first schema. Fields are non-null unless they say otherwise. */
export const builder = new SchemaBuilder<{
  Context: ReportContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Cents: { Input: never; Output: number };
    Date: { Input: string; Output: string };
  };
}>({ defaultFieldNullability: false });
