/**
 * What tells copies at a scan: both ends of the files that might be one and the same, and on request all of them. Only files that are
 * alike in all that a header says are opened, and what was read is kept for the next scan.
 */
import type { Clip, Content } from '../../../manifest/documents/handoff.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import type { FoundFile } from '../../../manifest/scan.ts';
import { openContentCache, type Seen } from './content-cache.ts';
import { endsAreAll, readEnds, readWhole } from './proofs.ts';
import type { HashProgress } from './files.ts';

/** A clip found, with the files it is made of. */
export interface Candidate {
  found: FoundFile;
  /** Those whose ends are read: of a long image sequence a few frames. */
  some: Seen[];
  all: Seen[];
}

export interface ContentsOptions {
  /** Absolute path of the manifest: what was read is kept beside it. */
  manifest: string;
  /** Reads the files whose ends are alike to their last byte. */
  whole: boolean;
  /** What the manifest knows: a file that came may be one of its clips that went. */
  known: readonly Clip[];
  signal?: AbortSignal;
  onProgress?(progress: HashProgress): void;
}

export interface Contents {
  content: Map<FoundFile, Content>;
  issues: Issue[];
  /** Bytes read. */
  read: number;
  /** Stopped by the signal; what was read by then is kept. */
  stopped: boolean;
}

/** Never rejects for a file that cannot be read: that one is left out, and said. */
export async function readContents(
  candidates: readonly Candidate[],
  options: ContentsOptions,
): Promise<Contents> {
  const { cache, issues } = await openContentCache(options.manifest);
  const contents: Contents = { content: new Map(), issues, read: 0, stopped: false };
  const likely = mayBeCopies(candidates, options.known);
  const ends = new Map<string, string>();
  const hashes = new Map<string, string>();
  const parts = likely.flatMap(({ some, all }) => (options.whole ? [...new Set([...some, ...all])] : some));
  for (const part of parts) {
    const kept = cache.find(part);
    if (kept?.ends) ends.set(part.file, kept.ends);
    if (kept?.hash) hashes.set(part.file, kept.hash);
  }
  const take = (problems: { file: Seen; problem: string }[]) => {
    for (const { file, problem } of problems) issues.push(unreadable(file, problem));
  };
  try {
    const asked = likely.flatMap(({ some }) => some).filter(({ file }) => !ends.has(file));
    const read = await readEnds(asked, options.signal, (part, digest) => {
      ends.set(part.file, digest);
      if (endsAreAll(part)) hashes.set(part.file, digest);
    });
    contents.read += read.bytes;
    take(read.unreadable);
    if (options.whole) {
      const alike = stillAlike(likely, ends).flatMap(({ all }) => all);
      const whole = await readWhole(
        alike.filter(({ file }) => !hashes.has(file)),
        options,
        (part, digest) => hashes.set(part.file, digest),
      );
      contents.read += whole.bytes;
      take(whole.unreadable);
    }
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    contents.stopped = true;
  }
  for (const part of parts) cache.keep(part, { ends: ends.get(part.file), hash: hashes.get(part.file) });
  for (const candidate of likely) {
    const content = joined(candidate, ends, hashes);
    if (content) contents.content.set(candidate.found, content);
  }
  issues.push(...(await cache.save(candidates.flatMap(({ some, all }) => [...some, ...all]))));
  return contents;
}

/** The files whose header says nothing that tells them apart, and those that may be a clip that went. */
function mayBeCopies(candidates: readonly Candidate[], known: readonly Clip[]): Candidate[] {
  const placeOf = ({ root, path }: { root: string; path: string }) => `${root}\n${path}`;
  const here = new Set(candidates.map(({ found }) => placeOf(found)));
  const gone = new Set(
    known.flatMap((clip) => (clip.content?.ends === undefined || here.has(placeOf(clip)) ? [] : [clip.size])),
  );
  const isAlike = (keyOf: (candidate: Candidate) => string | number, among: readonly Candidate[]) => {
    const counts = new Map<string | number, number>();
    const keys = among.map(keyOf);
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return among.filter(({ found }, at) => counts.get(keys[at]!)! > 1 || gone.has(found.size));
  };
  // Most files have a size of their own, and need not be taken apart.
  const sized = isAlike(
    ({ found }) => found.size,
    candidates.filter(({ found }) => found.size > 0),
  );
  return isAlike(
    ({ found, all }) => JSON.stringify([found.kind, all.map(({ size }) => size), found.tech, found.media]),
    sized,
  );
}

function stillAlike(candidates: readonly Candidate[], ends: ReadonlyMap<string, string>): Candidate[] {
  const keyOf = ({ found, some }: Candidate) =>
    `${found.kind} ${found.size} ${some.map(({ file }) => ends.get(file)).join(' ')}`;
  const counts = new Map<string, number>();
  for (const candidate of candidates) counts.set(keyOf(candidate), (counts.get(keyOf(candidate)) ?? 0) + 1);
  return candidates.filter((candidate) => counts.get(keyOf(candidate))! > 1);
}

/** A clip of several files has the digests of all of them; null where one could not be read. */
function joined(
  { some, all }: Candidate,
  ends: ReadonlyMap<string, string>,
  hashes: ReadonlyMap<string, string>,
): Content | null {
  const digests = (files: Seen[], of: ReadonlyMap<string, string>) => {
    const found = files.map(({ file }) => of.get(file));
    return found.every((each) => each !== undefined) ? found.join(' ') : undefined;
  };
  const [end, hash] = [digests(some, ends), digests(all, hashes)];
  return end === undefined ? null : { ends: end, ...(hash === undefined ? {} : { hash }) };
}

function unreadable({ path }: Seen, problem: string): Issue {
  return {
    code: 'scan-content',
    severity: 'warning',
    at: path,
    clips: [path],
    message: `${path} could not be compared with files like it: ${problem}.`,
    fix: 'scan again once it can be read',
  };
}
