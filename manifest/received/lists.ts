/** What media hash lists expect, against what lies on the drive; by name and size, for hashes are read by `baton verify` only. */
import type { DriveFacts, ListedFile } from '../checks/check.ts';
import type { Handoff } from '../documents/handoff.ts';
import { fileName } from '../documents/paths.ts';
import { keyOf, type Expectation, type ReceivedItem } from '../received.ts';

export interface Listed {
  expected: Expectation;
  /** Another size than the list says. */
  other?: string;
}

export interface ListedFiles {
  /** By root and path, clips or not. */
  byKey: Map<string, Listed>;
  /** Files in a list's folder that it does not name. */
  unlisted: ReadonlySet<string>;
  /** These four: files that are no clips. */
  present: ReceivedItem[];
  missing: ReceivedItem[];
  substituted: ReceivedItem[];
  extra: ReceivedItem[];
}

export function listedFiles(handoff: Handoff, drive: DriveFacts | undefined): ListedFiles {
  const found: ListedFiles = {
    byKey: new Map(),
    unlisted: new Set(drive?.unlisted.map(keyOf)),
    present: [],
    missing: [],
    substituted: [],
    extra: [],
  };
  if (!drive) return found;
  const clips = new Set(handoff.clips.map(keyOf));
  const moved = movedFiles(drive);
  for (const file of drive.listed) {
    const expected: Expectation = { by: 'mhl', from: file.list };
    const other = otherSize(file);
    const now = moved.get(keyOf(file));
    // What moved is expected where it lies now.
    const key = now === undefined ? keyOf(file) : keyOf({ root: file.root, path: now });
    found.byKey.set(key, other === null ? { expected } : { expected, other });
    if (!clips.has(keyOf(file))) addOther(found, file, { expected, other, now, isClip: clips.has(key) });
  }
  const now = new Set(drive.listed.flatMap((file) => moved.get(keyOf(file)) ?? []));
  const unknown = new Set(drive.unknown.map(keyOf));
  const extra = ({ root, path }: { root: string; path: string }, code: string, reason: string) =>
    found.extra.push({ root, path, expected: [], code, reason });
  for (const file of drive.unknown) extra(file, 'received-new', 'is not in the manifest');
  for (const file of drive.unlisted)
    if (!clips.has(keyOf(file)) && !unknown.has(keyOf(file)) && !now.has(file.path))
      extra(file, 'received-extra', 'is named by no list of its folder');
  return found;
}

function addOther(
  found: ListedFiles,
  { root, path, found: size }: ListedFile,
  about: { expected: Expectation; other: string | null; now: string | undefined; isClip: boolean },
): void {
  const item: ReceivedItem = { root, path, expected: [about.expected] };
  if (about.now !== undefined) {
    // A clip is counted where it lies now.
    const told = { ...item, code: 'received-moved', reason: `lies at ${about.now} now` };
    if (!about.isClip) found.present.push(told);
  } else if (size === null)
    found.missing.push({ ...item, code: 'received-missing', reason: 'is not on the drive' });
  else if (about.other !== null)
    found.substituted.push({ ...item, code: 'received-substituted', reason: about.other });
  else found.present.push(item);
}

function otherSize({ size, found, list }: ListedFile): string | null {
  if (size === null || found === null || size === found) return null;
  return `is ${found} bytes; ${list} says ${size}`;
}

/** Where a file that a list names and that is not there lies now: under its own name and size, and only one such. */
export function movedFiles(drive: DriveFacts): Map<string, string> {
  const likeness = (root: string, path: string, size: number) => `${root}\n${size}\n${fileName(path)}`;
  const missing = new Map<string, ListedFile[]>();
  for (const file of drive.listed) {
    if (file.found !== null || !file.size) continue;
    const key = likeness(file.root, file.path, file.size);
    missing.set(key, [...(missing.get(key) ?? []), file]);
  }
  if (missing.size === 0) return new Map();
  const there = new Map<string, string[]>();
  for (const { root, path, size } of [...drive.unlisted, ...drive.apart]) {
    const key = likeness(root, path, size);
    if (missing.has(key)) there.set(key, [...(there.get(key) ?? []), path]);
  }
  return new Map(
    [...missing].flatMap(([key, files]): [string, string][] => {
      const now = there.get(key);
      return files.length === 1 && now?.length === 1 ? [[keyOf(files[0]!), now[0]!]] : [];
    }),
  );
}
