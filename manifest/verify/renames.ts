/** Files that are missing under their name and there under another: told by content, never by likeness alone. */
import { fileName } from '../documents/paths.ts';
import type { HashAlgorithm } from '../mhl/digest.ts';
import type { Reading, Readings, RootCase } from '../verify.ts';

/** Path that should be there → path it has now, at one place. */
export type Renames = ReadonlyMap<string, string>;

/** Paths that should be at this place and are not: of the lists, of the manifest, and for a copy what the root holds. */
export function missingAt({ places, clips, evidence }: RootCase, place: number): string[] {
  const here = places[place]!.files;
  const wanted = new Set([
    ...evidence.listed.keys(),
    ...clips.keys(),
    ...(place > 0 ? places[0]!.files.keys() : []),
  ]);
  return [...wanted].filter((path) => !here.has(path));
}

/** Paths at this place that nobody asked for: each may be a missing file under another name. */
export function straysAt({ places, clips, evidence }: RootCase, place: number): string[] {
  const others = place > 0 ? [places[0]!] : places.slice(1);
  const asked = (path: string) =>
    evidence.listed.has(path) || clips.has(path) || others.some((other) => other.files.has(path));
  // Every empty file is like every other.
  return [...places[place]!.files].flatMap(([path, { size }]) => (size > 0 && !asked(path) ? [path] : []));
}

/** What a file should hold: digests from lists, else from another place that has it. */
function contentOf(root: RootCase, path: string, readings: Readings): [HashAlgorithm, string][] {
  const listed = root.evidence.listed.get(path)?.hashes ?? [];
  if (listed.length > 0) return listed.map(({ algorithm, digest }) => [algorithm, digest]);
  for (const index of root.places.keys()) {
    const digests = digestsOf(readings(index, path));
    if (digests.length > 0) return digests;
  }
  return [];
}

function digestsOf(reading: Reading | undefined): [HashAlgorithm, string][] {
  return reading && 'digests' in reading
    ? (Object.entries(reading.digests) as [HashAlgorithm, string][])
    : [];
}

/** Where content lies twice, a file of the same name is taken first; which of two like files stands for which changes nothing. */
export function findRenames(root: RootCase, place: number, readings: Readings): Renames {
  const renames = new Map<string, string>();
  const strays = straysAt(root, place).flatMap((path) => {
    const digests = digestsOf(readings(place, path));
    return digests.length > 0 ? [{ path, digests: new Map(digests) }] : [];
  });
  if (strays.length === 0) return renames;
  const missing = missingAt(root, place)
    .sort()
    .flatMap((path) => {
      const content = contentOf(root, path, readings);
      return content.length > 0 ? [{ path, content }] : [];
    });
  const taken = new Set<string>();
  const pair = (extra: (path: string) => string) => {
    const free = new Map<string, typeof strays>();
    for (const stray of strays)
      for (const digest of taken.has(stray.path) ? [] : stray.digests)
        listIn(free, `${digest.join(' ')} ${extra(stray.path)}`).push(stray);
    for (const { path, content } of missing) {
      if (renames.has(path)) continue;
      const list = free.get(`${content[0]!.join(' ')} ${extra(path)}`) ?? [];
      while (list.length > 0 && taken.has(list[0]!.path)) list.shift();
      const [stray] = list;
      if (!stray || !content.every(([algorithm, digest]) => stray.digests.get(algorithm) === digest))
        continue;
      renames.set(path, stray.path);
      taken.add(stray.path);
    }
  };
  pair(fileName);
  pair(() => '');
  return renames;
}

function listIn<Thing>(lists: Map<string, Thing[]>, key: string): Thing[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
