/**
 * Proves copies: finds the files of every root and of its copies, reads what proof needs, judges, and keeps the outcome in the
 * manifest's history. Media folders are only read, unless new lists are asked for.
 */
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Handoff, HistoryRecord } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import type { HashAlgorithm, WrittenAlgorithm } from '../../manifest/mhl/digest.ts';
import type { DigestOf } from '../../manifest/mhl/folders.ts';
import { countVerdicts, judge, type Counts, type FileVerdict } from '../../manifest/verify.ts';
import { memoryHasher } from './hash/engines.ts';
import { writeGenerations } from './hash/generation.ts';
import { gatherCase, type FoundCase } from './hash/case.ts';
import { sameFiles, type SameFiles } from './hash/copies.ts';
import { readCases, type ReadCases } from './hash/read-cases.ts';
import type { HashProgress } from './hash/files.ts';
import type { RootPlaces } from './roots.ts';
import { appendHistory, StoreError } from './store.ts';

/** A further folder that should hold what a root holds. */
export interface CopyAt {
  name: string;
  root: string;
  /** Absolute. */
  folder: string;
}

export interface VerifyRequest {
  /** Absolute path. */
  manifest: string;
  handoff: Handoff;
  roots: RootPlaces;
  copies: CopyAt[];
  /** For files of which no list says how they were hashed, and for new lists. */
  algorithm: WrittenAlgorithm;
  /** Adds a generation to the `ascmhl` folder of every place, the first where there is none. */
  write: boolean;
  /** Reads again what an interrupted run had read. */
  fresh: boolean;
  signal?: AbortSignal;
  onProgress?(progress: HashProgress): void;
  tool: { name: string; version: string };
}

export interface PlaceOutcome {
  name: string;
  root: string;
  /** Absolute. */
  folder: string;
  counts: Counts;
  /** Files the system left, and files that a list says to ignore. */
  passedOver: number;
  /** Lists found and believed. */
  lists: string[];
  /** Lists written, relative to the place. */
  written: string[];
}

export interface Verified {
  verdicts: FileVerdict[];
  places: PlaceOutcome[];
  counts: Counts;
  issues: Issue[];
  /** Bytes read. */
  bytes: number;
  /** Files taken from an interrupted run, and since when. */
  resumed: { files: number; since: string } | null;
  algorithms: HashAlgorithm[];
  /** Files that turned out to hold the same as another of their place. */
  duplicates: SameFiles[];
}

/** What was asked for cannot be done: one sentence for the person. */
export class CannotVerify extends Error {}

/** Throws CannotVerify, and the signal's reason once it is aborted: then the next run goes on from there. */
export async function verifyCopies(request: VerifyRequest): Promise<Verified> {
  await mustBeApart(request);
  const digestOf = await memoryHasher();
  const cases: FoundCase[] = [];
  for (const { name } of request.handoff.roots)
    cases.push(
      await gatherCase(name, request.handoff, placesOf(name, request), skipOf(name, request), digestOf),
    );
  const read = await readCases(cases, request);
  const verdicts = cases.flatMap((each) => judge(each.root, read.of(each)));
  const issues = [...cases.flatMap((each) => each.issues), ...read.issues];
  const places = cases.flatMap((each) => outcomes(each, verdicts));
  if (request.write) issues.push(...(await writeAll(request, cases, read, verdicts, places, digestOf)));
  const { bytes, resumed, algorithms } = read;
  const counts = countVerdicts(verdicts);
  const duplicates = sameFiles(cases, read);
  const verified = { verdicts, places, counts, issues, bytes, resumed, algorithms, duplicates };
  issues.push(...(await record(request.manifest, verified)));
  await read.journal.remove();
  return verified;
}

function placesOf(root: string, { roots, copies }: VerifyRequest): { name: string; folder: string }[] {
  return [{ name: root, folder: roots[root]! }, ...copies.filter((copy) => copy.root === root)];
}

/** Every folder there, and none of them inside or the same as another of its root: that would be one copy, counted twice. */
async function mustBeApart({ handoff, roots, copies }: VerifyRequest): Promise<void> {
  if (handoff.roots.length === 0)
    throw new CannotVerify('the manifest names no root, so there is nothing to verify; scan a folder first');
  const real = async (name: string, folder: string, how: string) => {
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) throw new CannotVerify(`${name} is not at ${folder}; ${how}`);
    return (await realpath(folder)) + sep;
  };
  for (const { name } of handoff.roots) {
    const how = `say where it lies with --root ${name}=PATH`;
    const places = [{ name, real: await real(`the root ${name}`, roots[name]!, how) }];
    for (const copy of copies.filter((each) => each.root === name))
      places.push({
        name: copy.name,
        real: await real(`the copy ${copy.name}`, copy.folder, 'name its folder with --copy'),
      });
    for (const [index, a] of places.entries())
      for (const b of places.slice(index + 1))
        if (a.real.startsWith(b.real) || b.real.startsWith(a.real))
          throw new CannotVerify(
            `${b.name} and ${a.name} are not two copies: they lie in the same folder (${b.real.slice(0, -1)})`,
          );
  }
}

/** Baton's own files beside the manifest, and other roots inside this one: in manifest form, where they lie in the root or would in a copy. */
export function skipOf(
  root: string,
  { manifest, roots }: Pick<VerifyRequest, 'manifest' | 'roots'>,
): Set<string> {
  const home = dirname(manifest);
  const others = Object.entries(roots).flatMap(([name, place]) => (name === root ? [] : [resolve(place)]));
  const own = [manifest, join(home, 'cuts'), ...others];
  return new Set(
    own.flatMap((place) => {
      const path = relative(resolve(roots[root]!), place);
      return path === '' || path.startsWith('..') || resolve(path) === path
        ? []
        : [toManifestPath(path, sep === '\\' ? '\\' : '/')];
    }),
  );
}

function outcomes(found: FoundCase, verdicts: readonly FileVerdict[]): PlaceOutcome[] {
  return found.places.map((place) => {
    const own = verdicts.filter((each) => each.root === found.root.root && each.place === place.name);
    const { name, folder, passedOver, lists } = place;
    return {
      name,
      root: found.root.root,
      folder,
      counts: countVerdicts(own),
      passedOver,
      lists: lists.lists.map((list) => list.name),
      written: [],
    };
  });
}

async function writeAll(
  { algorithm, tool }: VerifyRequest,
  cases: FoundCase[],
  read: ReadCases,
  verdicts: FileVerdict[],
  outcome: PlaceOutcome[],
  digestOf: DigestOf,
): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const found of cases)
    for (const [index, place] of found.places.entries()) {
      const { written, issues: refused } = await writeGenerations({
        name: place.name,
        folder: place.folder,
        files: place.files,
        folders: place.folders,
        histories: place.lists.histories,
        verdicts: verdicts.filter((each) => each.root === found.root.root && each.place === place.name),
        algorithm,
        readOf: (path) => read.fileOf(found, index, path),
        passedOver: [...found.skip, ...(place.legacyAside ? ['*.mhl'] : [])].map((path) =>
          path.startsWith('*') ? path : `/${path}`,
        ),
        digestOf,
        tool,
      });
      issues.push(...refused);
      outcome
        .find((each) => each.name === place.name && each.root === found.root.root)!
        .written.push(...written);
    }
  return issues;
}

/** What the history keeps: counts, algorithms, and the places by name. A manifest that cannot be written is said. */
async function record(manifest: string, verified: Verified): Promise<Issue[]> {
  const { counts, places, algorithms, bytes } = verified;
  const entry: HistoryRecord = {
    kind: 'verify',
    at: new Date().toISOString(),
    counts,
    algorithms,
    bytes,
    places: places.map(({ name, root, counts: own, lists, written }) => ({
      name,
      root,
      counts: own,
      lists,
      written,
    })),
    issues: verified.issues.filter((issue) => issue.severity === 'error').length,
  };
  try {
    await appendHistory(manifest, entry);
    return [];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const message = `The outcome is not in the manifest's history: ${error.message}`;
    return [{ code: 'verify-not-recorded', severity: 'warning', at: manifest, clips: [], message }];
  }
}
