/** Which files must be read, and with which algorithms, to judge a root: no more than proof needs. */
import type { HashAlgorithm } from '../mhl/digest.ts';
import type { RootCase } from '../verify.ts';
import { missingAt, straysAt } from './renames.ts';

export interface ToRead {
  /** Index of the place. */
  place: number;
  path: string;
  algorithms: HashAlgorithm[];
}

export interface ReadingWishes {
  /** Where no list says which. */
  algorithm: HashAlgorithm;
  /** Places of which every file is to be read with `algorithm`, whatever proof needs: those that get a new generation. */
  whole?: ReadonlySet<number>;
}

/**
 * A listed file is read with every algorithm that a list gives for it; one of another size than listed is not read at all. Files
 * nobody lists are read where two places hold them at one size. A stray is read where its size is a missing file's.
 */
export function planReading(root: RootCase, { algorithm, whole }: ReadingWishes): ToRead[] {
  const plan = new Plan(root, algorithm);
  for (const path of new Set(root.places.flatMap((place) => [...place.files.keys()]))) plan.forPath(path);
  for (const place of root.places.keys()) plan.forRenames(place);
  for (const place of whole ?? [])
    for (const path of root.places[place]!.files.keys()) plan.ask(place, path, [algorithm]);
  return plan.all();
}

class Plan {
  private readonly wanted = new Map<
    string,
    { place: number; path: string; algorithms: Set<HashAlgorithm> }
  >();
  private readonly root: RootCase;
  private readonly algorithm: HashAlgorithm;

  constructor(root: RootCase, algorithm: HashAlgorithm) {
    this.root = root;
    this.algorithm = algorithm;
  }

  all(): ToRead[] {
    return [...this.wanted.values()].map((each) => ({ ...each, algorithms: [...each.algorithms] }));
  }

  ask(place: number, path: string, algorithms: Iterable<HashAlgorithm>): void {
    if (this.root.places[place]!.unreadable.has(path)) return;
    const key = `${place}\n${path}`;
    const asked = this.wanted.get(key) ?? { place, path, algorithms: new Set() };
    for (const each of algorithms) asked.algorithms.add(each);
    this.wanted.set(key, asked);
  }

  forPath(path: string): void {
    const holders = [...this.root.places.entries()].flatMap(([place, { files }]) => {
      const file = files.get(path);
      return file ? [{ place, ...file }] : [];
    });
    const listed = this.root.evidence.listed.get(path);
    if (listed && listed.hashes.length > 0) {
      for (const { place, size } of holders)
        if (listed.size === null || listed.size === size) this.ask(place, path, algorithmsOf(listed.hashes));
      return;
    }
    for (const { place, size, identity } of holders) {
      const twin = holders.some(
        (other) =>
          other.place !== place &&
          other.size === size &&
          (identity === undefined || other.identity !== identity),
      );
      if (twin) this.ask(place, path, [this.algorithm]);
    }
  }

  forRenames(place: number): void {
    const strays = straysAt(this.root, place);
    if (strays.length === 0) return;
    const files = this.root.places[place]!.files;
    const straySizes = new Set(strays.map((path) => files.get(path)!.size));
    const wanted = new Map<number | null, Set<HashAlgorithm>>();
    for (const path of missingAt(this.root, place)) this.forMissing(path, straySizes, wanted);
    const anySize = wanted.get(null) ?? [];
    for (const path of strays) {
      const algorithms = [...(wanted.get(files.get(path)!.size) ?? []), ...anySize];
      if (algorithms.length > 0) this.ask(place, path, algorithms);
    }
  }

  /** Notes what strays of its size must be read with; a file no list has a hash of is read where it lies. */
  private forMissing(
    path: string,
    straySizes: ReadonlySet<number>,
    wanted: Map<number | null, Set<HashAlgorithm>>,
  ): void {
    const listed = this.root.evidence.listed.get(path);
    const note = (size: number | null, algorithms: Iterable<HashAlgorithm>) => {
      const known = wanted.get(size) ?? new Set();
      for (const each of algorithms) known.add(each);
      wanted.set(size, known);
    };
    if (listed && listed.hashes.length > 0) {
      if (listed.size === null || straySizes.has(listed.size)) note(listed.size, algorithmsOf(listed.hashes));
      return;
    }
    for (const [holder, { files }] of this.root.places.entries()) {
      const file = files.get(path);
      if (!file || !straySizes.has(file.size)) continue;
      note(file.size, [this.algorithm]);
      this.ask(holder, path, [this.algorithm]);
    }
  }
}

function algorithmsOf(hashes: readonly { algorithm: HashAlgorithm }[]): Set<HashAlgorithm> {
  return new Set(hashes.map((hash) => hash.algorithm));
}
