import { MAX_PERIOD_DAYS, PERIOD_PRESETS, type PeriodPreset } from "@espigon/event_contracts";
import { z } from "zod";
import type { PeriodInput } from "../graphql/generated/documents.ts";

const DEFAULT_PRESET: PeriodPreset = "LAST_30_DAYS";
const DAY_MS = 86_400_000;

/** A period in the address: a preset, or an own range of business days. Empty: the last 30 days. */
export type PeriodSearch = { readonly period?: PeriodPreset; readonly from?: string; readonly to?: string };

export type RangeFault = "badOrder" | "tooLong";

const BusinessDay = z.iso.date();

/** Why a range cannot be asked for; null when it can. Both ends belong to the range. */
export function rangeFault(from: string, to: string): RangeFault | null {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1) return "badOrder";
  return days > MAX_PERIOD_DAYS ? "tooLong" : null;
}

/** Reads the address. Whatever is not a period that the server accepts is left out, never an error. */
export function parsePeriodSearch(search: Readonly<Record<string, unknown>>): PeriodSearch {
  const from = BusinessDay.safeParse(search["from"]);
  const to = BusinessDay.safeParse(search["to"]);
  if (from.success && to.success && rangeFault(from.data, to.data) === null) return { from: from.data, to: to.data };
  const preset = PERIOD_PRESETS.find((name) => name === search["period"]);
  return preset === undefined || preset === DEFAULT_PRESET ? {} : { period: preset };
}

/** Which choice of the filter an address stands for. */
export function choiceOf(search: PeriodSearch): PeriodPreset | "CUSTOM" {
  return search.from !== undefined && search.to !== undefined ? "CUSTOM" : (search.period ?? DEFAULT_PRESET);
}

export function toPeriodInput(search: PeriodSearch): PeriodInput {
  return search.from !== undefined && search.to !== undefined
    ? { from: search.from, to: search.to }
    : { preset: search.period ?? DEFAULT_PRESET };
}
