/**
 * A large document as many small messages, and back: copying 50,000 clips to or from another thread in one message stops the
 * page for more than a second. What is long inside is sent in slices after a skeleton of the rest.
 */

/** Entries in a slice: some two milliseconds of copying. */
const SLICE = 500;
/** How far down something long is looked for: `handoff.history.0.receipt.steps` is five. */
const DEPTH = 6;

type Place = string[];

export type Parcel =
  | { part: 'skeleton'; value: unknown }
  | { part: 'items'; at: Place; items: unknown[] }
  | { part: 'entries'; at: Place; entries: [string, unknown][] };

/** The skeleton first. Only plain objects and arrays are taken apart; anything else goes whole. */
export function* parcels(value: unknown): Generator<Parcel> {
  const long: { at: Place; value: object }[] = [];
  yield { part: 'skeleton', value: bare(value, [], long) };
  for (const { at, value: whole } of long) {
    if (Array.isArray(whole))
      for (let from = 0; from < whole.length; from += SLICE)
        yield { part: 'items', at, items: whole.slice(from, from + SLICE) };
    else yield* slicesOf(at, whole);
  }
}

function* slicesOf(at: Place, whole: object): Generator<Parcel> {
  const record = whole as Record<string, unknown>;
  const keys = Object.keys(record);
  for (let from = 0; from < keys.length; from += SLICE) {
    const entries = keys.slice(from, from + SLICE).map((key): [string, unknown] => [key, record[key]]);
    yield { part: 'entries', at, entries };
  }
}

function bare(value: unknown, at: Place, long: { at: Place; value: object }[]): unknown {
  if (Array.isArray(value)) {
    if (value.length > SLICE) {
      long.push({ at, value });
      return [];
    }
    return at.length >= DEPTH ? value : value.map((each, nth) => bare(each, [...at, String(nth)], long));
  }
  if (!isPlain(value)) return value;
  const keys = Object.keys(value);
  if (keys.length > SLICE) {
    long.push({ at, value });
    return {};
  }
  if (at.length >= DEPTH) return value;
  return Object.fromEntries(keys.map((key) => [key, bare(value[key], [...at, key], long)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Puts parcels together in the order they were made. */
export class Unpacking {
  private value: unknown;

  add(parcel: Parcel): void {
    if (parcel.part === 'skeleton') this.value = parcel.value;
    else if (parcel.part === 'items') {
      const list = this.at(parcel.at) as unknown[];
      for (const item of parcel.items) list.push(item);
    } else {
      const record = this.at(parcel.at) as Record<string, unknown>;
      for (const [key, item] of parcel.entries) record[key] = item;
    }
  }

  whole(): unknown {
    return this.value;
  }

  private at(place: Place): unknown {
    return place.reduce((value, key) => (value as Record<string, unknown>)[key], this.value);
  }
}
