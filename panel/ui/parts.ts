/** What a view works out of the state in parts: at once where there is little, else in turns while the page goes on. */
import { useEffect, useMemo, useState, type DependencyList } from 'react';
import { inTurns, whole, type Parts } from '../parts.ts';

/** From this many rows, clips or steps on: below, all of it is done in a few milliseconds. */
export const LARGE = 3000;

/** Null while the first of them is being made; a later one takes the place of the one before when it is whole. `make` follows from `on` alone. */
export function useParts<Value>(make: () => Parts<Value>, size: number, on: DependencyList): Value | null {
  const large = size >= LARGE;
  // oxlint-disable-next-line react/exhaustive-deps -- the caller names what it follows from
  const small = useMemo(() => (large ? null : whole(make())), [large, ...on]);
  const [made, setMade] = useState<{ value: Value } | null>(null);
  useEffect(() => {
    if (!large) return;
    const newer = new AbortController();
    inTurns(make(), newer.signal).then(
      (value) => setMade({ value }),
      () => undefined,
    );
    return () => newer.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [large, ...on]);
  return large ? (made?.value ?? null) : small;
}
