/** Writes a cut beside the manifest: every file new, none over another, each with its hash, all recorded in the history. */
import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { clipsInCut } from '../../manifest/cutpicks.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import type { CutFile, CutRequest, CutWritten } from '../desk.ts';
import { writeNew } from './atomic.ts';
import { readRoots } from './roots.ts';
import { appendHistory, readHandoff, StoreError } from './store.ts';

interface ToWrite {
  format: string;
  suffix: string;
  text: string;
}

export async function writeCut(manifest: string, request: CutRequest): Promise<CutWritten> {
  const { cutList, formats, lock } = request;
  const { files, losses, refused } = render(request, await exportOptions(manifest, request));
  const folder = resolve(request.out ?? join(dirname(manifest), 'cuts'));
  await mkdir(folder, { recursive: true });
  const { name, written } = await writeAll(folder, fileSafe(request.name ?? cutList.name), files);
  const all = [...request.losses, ...losses];
  if (written.length > 0)
    await appendHistory(manifest, {
      kind: 'cut',
      at: new Date().toISOString(),
      name,
      sequence: cutList.name,
      lock,
      formats,
      clips: clipsInCut(cutList),
      files: written.map((file) => ({ ...file, path: recordedPath(manifest, file.path) })),
      losses: all,
    });
  return { name, files: written, losses: all, refused };
}

/** What the person chose, and the whole handoff for the formats that carry more of it than the cut. */
async function exportOptions(manifest: string, { options }: CutRequest): Promise<ExportOptions> {
  const { handoff } = await readHandoff(manifest);
  if (!handoff) return { ...DEFAULT_OPTIONS, ...options };
  const roots = await readRoots(
    manifest,
    handoff.roots.map((root) => root.name),
  );
  return { ...DEFAULT_OPTIONS, ...options, handoff, roots };
}

function render({ cutList, formats }: CutRequest, options: ExportOptions) {
  const files: ToWrite[] = [];
  const losses: Loss[] = [];
  const refused: CutWritten['refused'] = [];
  for (const format of formats) {
    const known = EXPORTS.find((each) => each.id === format);
    if (!known) {
      const message = `"${format}" is not a format Baton writes; there are ${EXPORTS.map((each) => each.id).join(', ')}`;
      refused.push({ format, message });
      continue;
    }
    const made = known.write(cutList, options);
    if ('refused' in made) refused.push({ format, message: made.refused });
    else {
      files.push(...made.files.map((file) => ({ format, ...file })));
      losses.push(...made.losses.map((loss) => ({ ...loss, format })));
    }
  }
  return { files, losses, refused };
}

/** Tries NAME, NAME-2, NAME-3… until not one of the files is there; a set keeps one name. */
async function writeAll(
  folder: string,
  base: string,
  files: ToWrite[],
): Promise<{ name: string; written: CutFile[] }> {
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? base : `${base}-${nth}`;
    const paths = files.map((file) => join(folder, name + file.suffix));
    const there = await Promise.all(paths.map((path) => stat(path).then(Boolean, () => false)));
    if (there.some(Boolean)) continue;
    const written = await writeSet(paths, files);
    if (written) return { name, written };
  }
}

/** Null where another program took one of the names meanwhile; then what was written of the set is taken back. */
async function writeSet(paths: string[], files: ToWrite[]): Promise<CutFile[] | null> {
  const written: CutFile[] = [];
  for (const [index, { format, text }] of files.entries()) {
    const path = paths[index]!;
    try {
      await writeNew(path, text);
    } catch (error) {
      if (!isTaken(error)) throw error;
      await Promise.all(written.map((file) => rm(file.path)));
      return null;
    }
    written.push({ path, format, hash: createHash('sha256').update(text, 'utf8').digest('hex') });
  }
  return written;
}

function isTaken(error: unknown): boolean {
  return (
    (error instanceof StoreError && error.code === 'exists') ||
    (error as NodeJS.ErrnoException).code === 'EEXIST'
  );
}

/** Relative to the manifest where the file lies with it, so that the record is true on every machine. */
export function recordedPath(manifest: string, path: string): string {
  const from = relative(dirname(manifest), path);
  return from.startsWith('..') ? toManifestPath(path) : toManifestPath(from, sep === '\\' ? '\\' : '/');
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** A sequence's name as a file name that Windows, macOS and Linux all take. */
export function fileSafe(name: string): string {
  const plain = name
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
    .trim();
  if (plain === '') return 'Cut';
  return RESERVED.test(plain) ? `${plain}_` : plain;
}
