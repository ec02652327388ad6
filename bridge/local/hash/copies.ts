/** Files of one place that hold the same, as far as a proof has read them anyway: nothing is read for it. */
import type { HashAlgorithm } from '../../../manifest/mhl/digest.ts';
import type { FoundCase } from './case.ts';
import type { ReadCases } from './read-cases.ts';

export interface SameFiles {
  root: string;
  place: string;
  /** Two or more, by name. */
  paths: string[];
  algorithm: HashAlgorithm;
  digest: string;
}

/** Links to one file count as one file; empty files are alike only in being empty. */
export function sameFiles(cases: readonly FoundCase[], read: ReadCases): SameFiles[] {
  return cases.flatMap((found) =>
    found.places.flatMap(({ name, files }, place) => {
      const groups = new Map<string, SameFiles & { files: Set<string> }>();
      for (const { path, size, identity } of files) {
        const digests = size > 0 ? (read.fileOf(found, place, path)?.digests ?? {}) : {};
        for (const [algorithm, digest] of Object.entries(digests) as [HashAlgorithm, string][]) {
          const key = `${algorithm} ${digest} ${size}`;
          const known = groups.get(key) ?? {
            root: found.root.root,
            place: name,
            paths: [],
            algorithm,
            digest,
            files: new Set(),
          };
          groups.set(key, known);
          if (known.files.has(identity)) continue;
          known.files.add(identity);
          known.paths.push(path);
        }
      }
      return onceEach([...groups.values()].filter(({ paths }) => paths.length > 1));
    }),
  );
}

/** Files that were read with two algorithms are alike by both. */
function onceEach(groups: (SameFiles & { files: Set<string> })[]): SameFiles[] {
  const told = new Set<string>();
  return groups.flatMap(({ files: _files, ...group }) => {
    const key = group.paths.join('\n');
    if (told.has(key)) return [];
    told.add(key);
    return [group];
  });
}
