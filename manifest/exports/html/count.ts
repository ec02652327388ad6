/** Counts in words. */

/** `2 events are switched off`; null for none. */
export function counted(count: number, one: string, many: string, rest = ''): string | null {
  if (count === 0) return null;
  return `${count} ${count === 1 ? one : many}${rest ? ` ${rest}` : ''}`;
}
