/** Fields that this version does not know, kept when a scan makes an object anew. */

/** `fresh` with those fields of `old` that are none of `known`. Gives `fresh` itself where there are none. */
export function carry<Fresh extends object>(
  old: object | undefined,
  fresh: Fresh,
  known: readonly string[],
): Fresh {
  if (!old) return fresh;
  const foreign = Object.entries(old).filter(([key]) => !known.includes(key) && !(key in fresh));
  return foreign.length > 0 ? { ...fresh, ...Object.fromEntries(foreign) } : fresh;
}
