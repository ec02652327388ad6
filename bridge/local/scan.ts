/** Makes or refreshes a manifest from folders on this machine: walk, read headers, read log sheets, merge. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sameDelivery } from '../../manifest/canonical.ts';
import type { DriveFacts } from '../../manifest/checks/check.ts';
import type { Content, Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { groupFiles, type Grouped } from '../../manifest/cards/group/group.ts';
import { tallyOf, type Tally } from '../../manifest/cards/group/tally.ts';
import { mergeScan, type ScanFindings } from '../../manifest/scan.ts';
import { isBlankNote } from '../../manifest/template.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { readContents, type Candidate } from './hash/contents.ts';
import type { HashProgress } from './hash/files.ts';
import { readLogs, type LogOptions } from './logs.ts';
import { probeDrive, withKnown, type Drive, type Found, type ScanProgress } from './probe-drive.ts';
import { driveFacts } from './received.ts';
import { structureIssues } from './structure-issues.ts';
import { walk } from './walk.ts';

export interface ScanOptions extends LogOptions {
  /** Absolute path of the manifest: it, `cuts/` and `.baton/` beside it are passed over. */
  manifest: string;
  /** Absolute places of the roots to walk, by name. */
  roots: Record<string, string>;
  /** Log sheets named by the person; where empty, every sheet found that looks like one is read. */
  logs: string[];
  title: string;
  rate?: Rate;
  /** Patterns for names, given now; those of the manifest stay where absent. */
  naming?: string[];
  /** The manifest as it is, where there is one: files that came may be clips of it that went. */
  previous?: Handoff | null;
  /** Reads like files whole, so that copies are proven. */
  proveCopies?: boolean;
  onProgress?(progress: ScanProgress): void;
  /** While files are read whole. */
  onHash?(progress: HashProgress): void;
  /** Aborted while files are read, the scan ends at once with what it has; while it lists the drive, it rejects. */
  signal?: AbortSignal;
}

export interface Scanned {
  /**
   * The manifest as it was (null = none yet) → as it is now. Gives back what it was given where nothing changed, so that
   * it can run under the manifest's lock, on whatever stands there at that moment.
   */
  merge(previous: Handoff | null): Handoff;
  /** Those of the last merge among them. */
  readonly issues: Issue[];
  /** What media hash lists on the drive expect, and what of it is there. */
  drive: DriveFacts;
  /** Whether a clip of a root that was walked is where the manifest has it. */
  isHere(clip: { root: string; path: string }): boolean;
  /** Files that were found and not read because the scan was stopped; 0 as a rule. */
  unread: number;
  /** Where every file that was found went. */
  tally: Tally;
}

const LARGEST_NOTE = 64 * 1024;
const HAND_OVER_NOTE = /^(hand-?over|note|notes|read-?me|übergabe)([ _-].*)?\.(txt|md)$/i;

export async function scan(options: ScanOptions): Promise<Scanned> {
  const { files, issues } = await walkRoots(options);
  const logs = await readLogs(files, options);
  const rest = files.filter((file) => !logs.files.has(file.file));
  const note = await handOverNote(rest);
  const media = rest.filter((file) => file !== note?.file);
  const apart = Object.keys(options.roots).map((root) =>
    groupFiles(media.filter((file) => file.root === root)),
  );
  const drive = await probeDrive(
    apart.flatMap(({ clips }) => clips),
    options,
  );
  const groups = [...apart.map((group) => ({ ...group, clips: [] })), { ...NO_FILES, clips: drive.clips }];
  const contents = await readContents(candidates(drive), {
    manifest: options.manifest,
    whole: options.proveCopies ?? false,
    known: options.previous?.clips ?? [],
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onHash ? { onProgress: options.onHash } : {}),
  });
  const walked = Object.keys(options.roots).map((root) => ({
    root,
    files: files.filter((file) => file.root === root),
  }));
  const lists = await driveFacts(walked);
  const findings: ScanFindings = {
    title: options.title,
    roots: Object.keys(options.roots),
    files: drive.files.map((file) => ({ ...file, ...contentOf(contents.content.get(file)) })),
    transcripts: groups.flatMap(({ transcripts }) => transcripts.map(({ root, path }) => ({ root, path }))),
    held: heldBy(groups),
    taken: files
      .filter((file) => logs.files.has(file.file) || file === note?.file)
      .map(({ root, path }) => ({ root, path })),
    sheets: logs.sheets,
    ...(note ? { note: note.text } : {}),
    ...(options.rate ? { rate: options.rate } : {}),
    ...(options.naming ? { naming: options.naming } : {}),
    listed: new Set(lists.listed.map(({ root, path }) => `${root}\n${path}`)),
  };
  // A merge may run again on a newer manifest, and then says what it found there.
  let merged: Issue[] = [];
  const here = new Set(findings.files.map(({ root, path }) => `${root}\n${path}`));
  const at = new Date().toISOString();
  const merge = (previous: Handoff | null): Handoff => {
    const known = withKnown(findings.files, previous);
    merged = [];
    const say = (issue: Issue) => merged.push(issue);
    const next = mergeScan(previous, { ...findings, files: known }, { newId, at, say });
    return previous && sameDelivery(next, previous) ? previous : next;
  };
  const { unread } = drive;
  const stop = unread > 0 || contents.stopped ? [stopped(unread, drive.files.length)] : [];
  const said = [...issues, ...logs.issues, ...drive.issues, ...structureIssues(groups), ...contents.issues];
  return {
    merge,
    get issues() {
      return [...said, ...lists.issues, ...merged, ...stop];
    },
    drive: lists,
    isHere: ({ root, path }) => here.has(`${root}\n${path}`),
    unread: contents.stopped ? Math.max(1, unread) : unread,
    tally: tallyOf(groups, files.length - media.length),
  };
}

/** Of an image sequence the first, the middle and the last frame say enough; of other clips every file is looked into. */
function candidates({ files, madeOf }: Drive): Candidate[] {
  return files.map((found): Candidate => {
    const all = madeOf.get(found) ?? [];
    const some = found.sequence ? [0, all.length >> 1, all.length - 1].flatMap((at) => all[at] ?? []) : all;
    return { found, some: [...new Set(some)], all };
  });
}

const contentOf = (content: Content | undefined) => (content ? { content } : {});

const NO_FILES = { transcripts: [], card: [], other: [] };

/** Everything found that is no clip itself, as mergeScan wants it. */
function heldBy(groups: Grouped<Found>[]): Set<string> {
  const held = groups.flatMap(({ clips, card }) => [
    ...card,
    ...clips.flatMap(({ parts, frames, sidecars }) => [
      ...(parts ?? []).slice(1).map(({ file }) => file),
      ...(frames ?? []).slice(1),
      ...sidecars,
    ]),
  ]);
  return new Set(held.map(({ root, path }) => `${root}\n${path}`));
}

/** 50 random bits, without letters that read alike. */
function newId(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz023456789';
  return `clip-${[...randomBytes(10)].map((byte) => letters[byte % 32]).join('')}`;
}

async function walkRoots({
  manifest,
  roots,
  signal,
}: ScanOptions): Promise<{ files: Found[]; issues: Issue[] }> {
  const home = dirname(manifest);
  const places = Object.values(roots).map((place) => resolve(place));
  const skip = new Set([manifest, join(home, 'cuts'), join(home, '.baton'), ...places]);
  const files: Found[] = [];
  const issues: Issue[] = [];
  for (const [root, place] of Object.entries(roots)) {
    const walked = await walk(place, skip, signal);
    for (const file of walked.files) files.push({ ...file, root });
    issues.push(...walked.issues);
  }
  return { files, issues };
}

function stopped(unread: number, files: number): Issue {
  return {
    code: 'scan-stopped',
    severity: 'warning',
    at: '.',
    clips: [],
    message:
      unread > 0
        ? `The scan was stopped: ${unread} of ${files} files were not read. What was read is kept.`
        : 'The scan was stopped before all like files were compared. What was read is kept.',
    fix: 'scan again; it goes on where it stopped',
  };
}

/** The note that production left at the top of the drive. */
async function handOverNote(files: Found[]): Promise<{ file: Found; text: string } | null> {
  const file = files.find(
    ({ path, size }) => !path.includes('/') && HAND_OVER_NOTE.test(fileName(path)) && size <= LARGEST_NOTE,
  );
  if (!file) return null;
  const text = (await readFile(file.file, 'utf8')).replace(/^\uFEFF/, '').trim();
  return isBlankNote(text) ? null : { file, text };
}
