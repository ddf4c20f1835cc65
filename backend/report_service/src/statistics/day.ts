const DAY_MS = 86_400_000;

/** Days are `YYYY-MM-DD` strings; here they are counted, without clocks or zones. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function dayOfNumber(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return dayOfNumber(dayNumber(day) + count);
}

/** Whether the text is a day of the calendar between 2000 and 2099: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const number = dayNumber(text);
  return Number.isInteger(number) && dayOfNumber(number) === text;
}
