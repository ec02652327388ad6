/** Makes or refreshes a manifest from folders on this machine: walk, read headers, read log sheets, merge. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { handoffHash } from '../../manifest/canonical.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { kindOf } from '../../manifest/kinds.ts';
import { mergeScan, type ScanFindings } from '../../manifest/scan.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { readLogs, type LogOptions } from './logs.ts';
import { probeDrive, withKnown, type Found, type ScanProgress } from './probe-drive.ts';
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
  onProgress?(progress: ScanProgress): void;
  /** Aborted while files are read, the scan ends at once with what it has; while it lists the drive, it rejects. */
  signal?: AbortSignal;
}

export interface Scanned {
  /**
   * The manifest as it was (null = none yet) → as it is now. Gives back what it was given where nothing changed, so that
   * it can run under the manifest's lock, on whatever stands there at that moment.
   */
  merge(previous: Handoff | null): Handoff;
  issues: Issue[];
  /** Files that were found and not read because the scan was stopped; 0 as a rule. */
  unread: number;
}

const LARGEST_NOTE = 64 * 1024;
const HAND_OVER_NOTE = /^(hand-?over|note|notes|read-?me|übergabe)([ _-].*)?\.(txt|md)$/i;

export async function scan(options: ScanOptions): Promise<Scanned> {
  const { files, issues } = await walkRoots(options);
  const logs = await readLogs(files, options);
  const rest = files.filter((file) => !logs.files.has(file.file));
  const note = await handOverNote(rest);
  const media = rest.filter((file) => file !== note?.file);
  const drive = await probeDrive(media, options);
  const findings: ScanFindings = {
    title: options.title,
    roots: Object.keys(options.roots),
    files: drive.files,
    transcripts: media
      .filter(({ path }) => kindOf(path) === 'transcript')
      .map(({ root, path }) => ({ root, path })),
    taken: files
      .filter((file) => logs.files.has(file.file) || file === note?.file)
      .map(({ root, path }) => ({ root, path })),
    sheets: logs.sheets,
    ...(note ? { note: note.text } : {}),
    ...(options.rate ? { rate: options.rate } : {}),
  };
  const at = new Date().toISOString();
  const merge = (previous: Handoff | null): Handoff => {
    const known = withKnown(findings.files, previous);
    const next = mergeScan(previous, { ...findings, files: known }, { newId, at });
    return previous && handoffHash(next) === handoffHash(previous) ? previous : next;
  };
  const { unread } = drive;
  const stop = unread > 0 ? [stopped(unread, drive.files.length)] : [];
  return { merge, issues: [...issues, ...logs.issues, ...drive.issues, ...stop], unread };
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
    message: `The scan was stopped: ${unread} of ${files} files were not read. What was read is kept.`,
    fix: 'scan again; it goes on where it stopped',
  };
}

/** The note that production left at the top of the drive. */
async function handOverNote(files: Found[]): Promise<{ file: Found; text: string } | null> {
  const file = files.find(
    ({ path, size }) => !path.includes('/') && HAND_OVER_NOTE.test(fileName(path)) && size <= LARGEST_NOTE,
  );
  return file ? { file, text: (await readFile(file.file, 'utf8')).replace(/^\uFEFF/, '').trim() } : null;
}
