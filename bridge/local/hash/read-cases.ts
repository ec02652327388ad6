/** Reads what the judgement of all roots needs, in one go: from an interrupted run's journal where it is the same file, else from disk. */
import type { Issue } from '../../../manifest/documents/issue.ts';
import type { HashAlgorithm, WrittenAlgorithm } from '../../../manifest/mhl/digest.ts';
import type { Readings } from '../../../manifest/verify.ts';
import { planReading } from '../../../manifest/verify/reading.ts';
import type { FoundCase } from './case.ts';
import { hashFiles, type FileToHash, type Hashed, type HashProgress } from './files.ts';
import type { ReadFile } from './generation.ts';
import { HashJournal } from './journal.ts';
import type { TreeFile } from './tree.ts';

export interface ReadCases {
  of(found: FoundCase): Readings;
  /** What was read of a file; undefined where it was not, or could not be. */
  fileOf(found: FoundCase, place: number, path: string): ReadFile | undefined;
  journal: HashJournal;
  /** Bytes read from disk. */
  bytes: number;
  resumed: { files: number; since: string } | null;
  algorithms: HashAlgorithm[];
  issues: Issue[];
}

export interface ReadRequest {
  manifest: string;
  algorithm: WrittenAlgorithm;
  write: boolean;
  fresh: boolean;
  signal?: AbortSignal;
  onProgress?(progress: HashProgress): void;
}

interface Wanted extends FileToHash {
  /** Which case, place and path it was asked for. */
  key: string;
}

type Outcome = { hashed: Hashed; at: string };

export async function readCases(cases: readonly FoundCase[], request: ReadRequest): Promise<ReadCases> {
  const journal = await HashJournal.open(request.manifest, request);
  const outcomes = new Map<string, Outcome>();
  const algorithms = new Set<HashAlgorithm>();
  const left: Wanted[] = [];
  let since = '';
  for (const wanted of cases.flatMap((each, index) => wantedOf(each, index, request))) {
    for (const algorithm of wanted.algorithms) algorithms.add(algorithm);
    const earlier = journal.earlier(wanted);
    if (!earlier) {
      left.push(wanted);
      continue;
    }
    outcomes.set(wanted.key, { hashed: { digests: earlier.digests }, at: earlier.at });
    if (since === '' || earlier.at < since) since = earlier.at;
  }
  const resumed = outcomes.size > 0 ? { files: outcomes.size, since } : null;
  const bytes = await readFromDisk(left, outcomes, journal, request);
  const keyOf = (found: FoundCase, place: number, path: string) =>
    `${cases.indexOf(found)}\n${place}\n${path}`;
  return {
    of: (found) => (place, path) => outcomes.get(keyOf(found, place, path))?.hashed,
    fileOf(found, place, path) {
      const outcome = outcomes.get(keyOf(found, place, path));
      return outcome && 'digests' in outcome.hashed
        ? { digests: outcome.hashed.digests, at: outcome.at }
        : undefined;
    },
    journal,
    bytes,
    resumed,
    algorithms: [...algorithms],
    issues: journal.problem === null ? [] : [notKept(journal.problem)],
  };
}

async function readFromDisk(
  files: readonly Wanted[],
  outcomes: Map<string, Outcome>,
  journal: HashJournal,
  { signal, onProgress }: ReadRequest,
): Promise<number> {
  try {
    await hashFiles(files, {
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
      onHashed(index, hashed) {
        const wanted = files[index]!;
        outcomes.set(wanted.key, { hashed, at: new Date().toISOString() });
        if ('digests' in hashed) journal.keep(wanted, hashed.digests);
      },
    });
  } finally {
    journal.save();
  }
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** In the order they lie, place by place, which is the order a drive gives them fastest. */
function wantedOf(found: FoundCase, index: number, { algorithm, write }: ReadRequest): Wanted[] {
  const whole = write ? new Set(found.places.keys()) : new Set<number>();
  const trees = found.places.map(
    ({ files }) => new Map(files.map((file): [string, TreeFile] => [file.path, file])),
  );
  return planReading(found.root, { algorithm, whole })
    .sort((a, b) => a.place - b.place || (a.path < b.path ? -1 : 1))
    .map(({ place, path, algorithms }) => {
      const { file, size, mtime, drive } = trees[place]!.get(path)!;
      return { key: `${index}\n${place}\n${path}`, file, size, mtime, drive, algorithms };
    });
}

function notKept(why: string): Issue {
  return {
    code: 'verify-no-journal',
    severity: 'warning',
    at: '.baton',
    clips: [],
    message: `What was read could not be kept, so an interrupted run would begin again: ${why}`,
  };
}
