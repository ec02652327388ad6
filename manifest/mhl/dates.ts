/** Dates as media hash lists write them, brought to ISO 8601 without inventing a zone. */

const DATE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d)[:-](\d\d)[:-](\d\d)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** `2012-12-01 18-34-54` → `2012-12-01T18:34:54`; null for what is no date of the calendar. */
export function readDate(text: string): string | null {
  const match = DATE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = ''] = match;
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(Number(year), m)) return null;
  // 60 is a leap second.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offset}`;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

/** `2026-03-14T09:15:00.123Z` → `2026-03-14_091500Z`, as in the name of a generation. */
export function stampForName(iso: string): string {
  return `${iso.slice(0, 10)}_${iso.slice(11, 19).replace(/:/g, '')}Z`;
}
