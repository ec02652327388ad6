/** Scanning for a face: one scan a manifest, begun, asked after and stopped by separate calls; what was read is written at its end. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { HostError } from '../call.ts';
import type { ScanAsked, ScanningDesk, ScanState } from '../desk.ts';
import { readRoots, rememberRoots } from './roots.ts';
import { runs, type Run } from './runs.ts';
import { scan, type Scanned } from './scan.ts';
import { createHandoff, readHandoff, updateHandoff } from './store.ts';
import { StoreError } from './store-error.ts';

export interface ScanningOptions {
  /** Where roots lie, over what is remembered. */
  roots?: Record<string, string>;
  /** Awaited after the manifest is written, before the face hears of it. */
  afterScan?: (manifest: string) => Promise<void>;
}

export function localScanning(options: ScanningOptions = {}): ScanningDesk {
  // A stop while the drive was still being listed leaves nothing to keep.
  const scans = runs<ScanState>('Stopped before anything was read; nothing was written.');
  return {
    scan: (path, asked) =>
      scans.begin(path, { running: true, progress: null, scanned: null, issues: [] }, (run) =>
        carryOut(run, asked, options),
      ),
    scanning: scans.now,
    stopScan: scans.stop,
  };
}

async function carryOut(
  { manifest, state, signal }: Run<ScanState>,
  { columns }: ScanAsked,
  options: ScanningOptions,
): Promise<void> {
  const previous = await readPrevious(manifest);
  const folder = dirname(manifest);
  const names = previous?.roots.map((root) => root.name) ?? [];
  const known = await readRoots(manifest, names, options.roots);
  const roots = names.length > 0 ? known : { ...known, media: folder };
  for (const place of Object.values(roots)) await mustBeThere(place);
  const result = await scan({
    manifest,
    roots,
    logs: [],
    ...(columns ? { columns } : {}),
    mappings: previous?.log.mappings,
    title: basename(folder),
    previous,
    signal,
    onProgress: ({ done, total, current, secondsLeft }) => {
      state.progress = { done, total, current, secondsLeft };
    },
  });
  const written = await write(manifest, result, previous);
  await rememberRoots(manifest, roots);
  await options.afterScan?.(manifest);
  const before = new Set(previous?.clips.map((clip) => clip.id));
  state.issues = result.issues;
  state.scanned = {
    revision: written.revision,
    clips: written.clips.length,
    added: written.clips.filter((clip) => !before.has(clip.id)).length,
    unread: result.unread,
  };
}

/** A manifest that cannot be read is not scanned over: it may be someone's work. */
async function readPrevious(manifest: string): Promise<Handoff | null> {
  const { handoff, issues } = await readHandoff(manifest);
  if (handoff || issues.some((issue) => issue.code === 'manifest-missing')) return handoff;
  throw new HostError(
    'refused',
    'scan',
    `${manifest} is there and cannot be refreshed: ${issues[0]!.message} Move it away to start anew.`,
  );
}

async function mustBeThere(place: string): Promise<void> {
  const found = await stat(place).catch(() => null);
  if (!found?.isDirectory())
    throw new HostError('refused', 'scan', `${place} is not there: connect its drive, then scan again.`);
}

async function write(manifest: string, { merge }: Scanned, previous: Handoff | null): Promise<Handoff> {
  if (previous) return updateHandoff(manifest, merge);
  return createHandoff(manifest, merge(null)).catch((error: unknown) => {
    // Another scan made it first; this one goes on from there.
    if (error instanceof StoreError && error.code === 'exists') return updateHandoff(manifest, merge);
    throw error;
  });
}
