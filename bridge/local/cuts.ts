/** Writes a cut beside the manifest: every file new, none over another, each with its hash, all recorded in the history. */
import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { cutRecord, fileSafe, renderCut, type CutText } from '../cut-texts.ts';
import type { CutFile, CutRequest, CutWritten } from '../desk.ts';
import { writeNew } from './atomic.ts';
import { readRoots } from './roots.ts';
import { appendHistory, readHandoff, StoreError } from './store.ts';

export { fileSafe } from '../cut-texts.ts';

export async function writeCut(manifest: string, request: CutRequest): Promise<CutWritten> {
  const { files, losses, refused } = renderCut(request, await exportOptions(manifest, request));
  const folder = resolve(request.out ?? join(dirname(manifest), 'cuts'));
  await mkdir(folder, { recursive: true });
  const { name, written } = await writeAll(folder, fileSafe(request.name ?? request.cutList.name), files);
  const all = [...request.losses, ...losses];
  if (written.length > 0)
    await appendHistory(
      manifest,
      cutRecord(request, {
        name,
        at: new Date().toISOString(),
        files: written.map((file) => ({ ...file, path: recordedPath(manifest, file.path) })),
        losses: all,
      }),
    );
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

/** Tries NAME, NAME-2, NAME-3… until not one of the files is there; a set keeps one name. */
async function writeAll(
  folder: string,
  base: string,
  files: CutText[],
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
async function writeSet(paths: string[], files: CutText[]): Promise<CutFile[] | null> {
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
