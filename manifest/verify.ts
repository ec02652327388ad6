/**
 * Copies against what lists say of them and against each other: one verdict for every file that is there or should be. Pure: what
 * was found and read is handed in; what cannot be proven is said, never passed over.
 */
import type { HashAlgorithm } from './mhl/digest.ts';
import type { Evidence, EvidenceHash } from './mhl/evidence.ts';
import { findRenames, missingAt, type Renames } from './verify/renames.ts';

export interface PlacedFile {
  /** Bytes. */
  size: number;
  /** Names the storage behind the path: two paths that share it are one file, not two copies. */
  identity?: string;
}

/** One folder that holds a root's files, or a copy of them. */
export interface Place {
  name: string;
  /** By path, manifest form. */
  files: Map<string, PlacedFile>;
  /** Files and folders that could not be looked at, with the reason. */
  unreadable: Map<string, string>;
}

export interface RootCase {
  /** Name of the root in the manifest. */
  root: string;
  /** The root itself first, then its copies. */
  places: Place[];
  /** What the manifest lists: bytes by path; null = not known. */
  clips: Map<string, number | null>;
  evidence: Evidence;
}

export type Verdict = 'proven' | 'altered' | 'missing' | 'renamed' | 'extra' | 'unverified' | 'unreadable';
export const VERDICTS: readonly Verdict[] = [
  'proven',
  'altered',
  'missing',
  'renamed',
  'extra',
  'unverified',
  'unreadable',
];

export interface FileVerdict {
  root: string;
  place: string;
  path: string;
  verdict: Verdict;
  /** Proven: by a list, or by another copy with the same content. */
  by?: 'mhl' | 'copy';
  /** Renamed: where it is now. */
  now?: string;
  /** A sentence with the numbers in it. */
  reason: string;
}

/** What was read of a file: digests, or why not. */
export type Reading = { digests: Partial<Record<HashAlgorithm, string>> } | { problem: string };

/** Readings by place (its index) and path. */
export type Readings = (place: number, path: string) => Reading | undefined;

/** Every path that is there or should be gets exactly one verdict at each place, as `path` or as another's `now`. */
export function judge(root: RootCase, readings: Readings): FileVerdict[] {
  const renames = root.places.map((_, place) => findRenames(root, place, readings));
  return root.places.flatMap((_, place) => {
    const judged = new Judge(root, readings, renames, place);
    return [...judged.gone(), ...judged.present()].sort((a, b) => (a.path < b.path ? -1 : 1));
  });
}

type Said = Pick<FileVerdict, 'verdict' | 'reason'> & Partial<FileVerdict>;

class Judge {
  private readonly root: RootCase;
  private readonly readings: Readings;
  private readonly renames: Renames[];
  private readonly place: number;
  private readonly here: Place;

  constructor(root: RootCase, readings: Readings, renames: Renames[], place: number) {
    this.root = root;
    this.readings = readings;
    this.renames = renames;
    this.place = place;
    this.here = root.places[place]!;
  }

  gone(): FileVerdict[] {
    const missing = missingAt(this.root, this.place);
    const asked = new Set(missing);
    const unasked = [...this.here.unreadable.keys()].filter(
      (path) => !asked.has(path) && !this.here.files.has(path),
    );
    return [...missing, ...unasked].map((path) => {
      const now = this.renames[this.place]!.get(path);
      if (now !== undefined)
        return this.verdict(path, {
          verdict: 'renamed',
          now,
          reason: `is not there; ${now} has the same content`,
        });
      const closed = this.closedFolder(path);
      if (closed !== undefined)
        return this.verdict(path, { verdict: 'unreadable', reason: `cannot be looked at: ${closed}` });
      return this.verdict(path, { verdict: 'missing', reason: `is not there; ${this.whoWants(path)}` });
    });
  }

  present(): FileVerdict[] {
    const renamed = new Set(this.renames[this.place]!.values());
    return [...this.here.files]
      .filter(([path]) => !renamed.has(path))
      .map(([path, file]) => this.verdict(path, this.judge(path, file)));
  }

  private verdict(path: string, said: Said): FileVerdict {
    return { root: this.root.root, place: this.here.name, path, ...said };
  }

  private judge(path: string, file: PlacedFile): Said {
    const reading = this.readings(this.place, path);
    const problem =
      this.here.unreadable.get(path) ?? (reading && 'problem' in reading ? reading.problem : undefined);
    if (problem !== undefined) return { verdict: 'unreadable', reason: `cannot be read: ${problem}` };
    const original = this.originalOf(path, file);
    if (original !== undefined)
      return { verdict: 'unverified', reason: `is the very file that ${original} holds, not a copy of it` };
    const listed = this.root.evidence.listed.get(path);
    const digests = reading && 'digests' in reading ? reading.digests : {};
    if (listed && listed.size !== null && listed.size !== file.size)
      return { verdict: 'altered', reason: `is ${file.size} bytes; the list says ${listed.size}` };
    const fit = againstLists(listed?.hashes ?? [], digests);
    if (fit) return fit;
    const wanted = listed !== undefined || this.root.clips.has(path);
    if (!wanted && this.root.evidence.covers(path))
      return { verdict: 'extra', reason: 'is there, and neither a list nor the manifest names it' };
    if (!wanted && this.place > 0 && !this.root.places[0]!.files.has(path))
      return { verdict: 'extra', reason: `is there, and not in ${this.root.places[0]!.name}` };
    return this.againstCopies(path, file, digests) ?? this.unproven(path, file);
  }

  /** Null where there is no other copy to compare with. */
  private againstCopies(path: string, file: PlacedFile, digests: Digests): Said | null {
    const same: string[] = [];
    let differs: string | null = null;
    for (const [index, other] of this.root.places.entries()) {
      if (index === this.place) continue;
      const there = this.renames[index]!.get(path) ?? path;
      const twin = other.files.get(there);
      if (!twin || isSame(twin, file)) continue;
      const reading = this.readings(index, there);
      const theirs = reading && 'digests' in reading ? reading.digests : {};
      const [algorithm] = entries(digests).find(([each]) => theirs[each] !== undefined) ?? [];
      if (twin.size !== file.size) differs ??= `${file.size} bytes here and ${twin.size} in ${other.name}`;
      else if (algorithm === undefined) continue;
      else if (theirs[algorithm] === digests[algorithm]) same.push(other.name);
      else differs ??= `${algorithm} ${digests[algorithm]} here and ${theirs[algorithm]} in ${other.name}`;
    }
    const agreeing = same.length > 0 ? same.join(', ') : null;
    if (differs !== null)
      return {
        verdict: 'altered',
        reason: `is ${differs}${agreeing ? `, though the same in ${agreeing}` : ''}; no list says which is right`,
      };
    if (agreeing === null) return null;
    const [algorithm, digest] = entries(digests)[0]!;
    return { verdict: 'proven', by: 'copy', reason: `${algorithm} ${digest}, the same in ${agreeing}` };
  }

  private unproven(path: string, file: PlacedFile): Said {
    const size = this.root.clips.get(path);
    if (size !== undefined && size !== null && size !== file.size)
      return { verdict: 'altered', reason: `is ${file.size} bytes and was ${size} when it was scanned` };
    const unknown = this.root.evidence.listed.get(path)?.unknown ?? [];
    const listed = this.root.evidence.listed.has(path);
    const why = !listed
      ? 'no list has a hash of it'
      : unknown.length > 0
        ? `its list holds only ${[...new Set(unknown)].join(', ')}, which proves nothing`
        : 'its list names it without a hash';
    const copies = this.root.places.length > 1 ? ', and no other copy has it to compare with' : '';
    return { verdict: 'unverified', reason: why + copies };
  }

  /** The earlier place whose file this is: a link, or one drive reached by two ways. */
  private originalOf(path: string, file: PlacedFile): string | undefined {
    return this.root.places.find((other, index) => {
      const twin = index < this.place ? other.files.get(path) : undefined;
      return twin !== undefined && isSame(twin, file);
    })?.name;
  }

  private closedFolder(path: string): string | undefined {
    for (const [closed, reason] of this.here.unreadable)
      if (path === closed || path.startsWith(`${closed}/`) || closed === '') return reason;
    return undefined;
  }

  private whoWants(path: string): string {
    const list = this.root.evidence.listed.get(path);
    if (list) return `${list.hashes[0]?.list ?? 'a list'} names it`;
    return this.root.clips.has(path) ? 'the manifest lists it' : `${this.root.places[0]!.name} has it`;
  }
}

type Digests = Partial<Record<HashAlgorithm, string>>;
const entries = (digests: Digests) => Object.entries(digests) as [HashAlgorithm, string][];

function isSame(a: PlacedFile, b: PlacedFile): boolean {
  return a.identity !== undefined && a.identity === b.identity;
}

/** Null where no listed hash was read: then the lists say nothing of the content. */
function againstLists(hashes: EvidenceHash[], digests: Digests): Said | null {
  const read = hashes.filter((hash) => digests[hash.algorithm] !== undefined);
  const wrong = read.find((hash) => digests[hash.algorithm] !== hash.digest);
  if (wrong)
    return {
      verdict: 'altered',
      reason: `its ${wrong.algorithm} is ${digests[wrong.algorithm]}; ${wrong.list} says ${wrong.digest}`,
    };
  const [first] = read;
  if (!first) return null;
  return {
    verdict: 'proven',
    by: 'mhl',
    reason: `${first.algorithm} ${first.digest}, as ${first.list} says`,
  };
}

export type Counts = Record<Verdict, number>;

export function countVerdicts(verdicts: readonly FileVerdict[]): Counts {
  const counts = Object.fromEntries(VERDICTS.map((each) => [each, 0])) as Counts;
  for (const { verdict } of verdicts) counts[verdict]++;
  return counts;
}
