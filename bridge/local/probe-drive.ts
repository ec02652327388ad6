/** The media of a walked drive as the manifest takes them: kept from the last scan where nothing changed, read where it did. */
import type { ClipKind, Handoff, Tech } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { kindOf } from '../../manifest/kinds.ts';
import type { FoundFile } from '../../manifest/scan.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { openProbeCache } from './probe-cache.ts';
import { probeMany, type ProbeManyOptions, type ProbeProgress } from './probe/many.ts';
import { canProbe } from './probe/probe.ts';
import type { Probe, Problem } from './probe/prober.ts';
import type { WalkedFile } from './walk.ts';

export type Found = WalkedFile & { root: string };

export interface ScanProgress extends Omit<ProbeProgress, 'current'> {
  /** Path of the file being read, as in the manifest. */
  current: string;
}

export interface ProbeDriveOptions extends Pick<ProbeManyOptions, 'signal' | 'worker' | 'ffprobe'> {
  manifest: string;
  roots: Record<string, string>;
  rate?: Rate;
  onProgress?(progress: ScanProgress): void;
}

export interface Drive {
  files: FoundFile[];
  /** How many of them were not read because the scan was stopped. */
  unread: number;
  issues: Issue[];
}

/** Every file that is a clip, in their order, read or not. Never rejects. */
export async function probeDrive(files: Found[], options: ProbeDriveOptions): Promise<Drive> {
  const { manifest, roots, rate, onProgress } = options;
  const clips = files.flatMap((file) => {
    const kind = kindOf(file.path);
    return kind === null || kind === 'transcript' ? [] : [{ ...file, kind }];
  });
  const { cache, issues } = await openProbeCache(manifest, rate);
  const probes = clips.map((clip) => (canProbe(clip.path) ? cache.find(clip) : NOTHING));
  const places = probes.flatMap((probe, place) => (probe ? [] : [place]));
  const already = clips.length - places.length;
  const paths = places.map((place) => clips[place]!.file);
  const pathOf = new Map(places.map((place) => [clips[place]!.file, clips[place]!.path]));
  const read = await probeMany(paths, {
    ...options,
    ...(rate ? { projectRate: rate } : {}),
    onProgress: (progress) =>
      onProgress?.({
        ...progress,
        done: already + progress.done,
        total: clips.length,
        current: pathOf.get(progress.current)!,
      }),
  });
  for (const [nth, place] of places.entries()) {
    const probe = read[nth];
    if (probe) cache.keep(clips[place]!, probe);
    probes[place] = probe ?? undefined;
  }
  cache.prune(Object.keys(roots), clips);
  issues.push(...(await cache.save()));
  const found = clips.map(({ root, path, size, kind }, place): FoundFile => {
    const { tech, witness, problem } = probes[place] ?? NOT_READ;
    return {
      root,
      path,
      size,
      kind: kindAsRead(kind, tech),
      tech,
      media: witness,
      ...(problem ? { problem } : {}),
    };
  });
  return { files: found, unread: probes.filter((probe) => !probe).length, issues };
}

const NOTHING: Probe = { tech: {}, witness: {} };

const NOT_READ: Probe & { problem: Problem } = {
  tech: {},
  witness: {},
  problem: { code: 'not-read', message: 'the scan was stopped before it was read; scan again' },
};

/** Sound alone in a wrapping that is a picture's as a rule (OP-Atom MXF, MOV) is sound. */
function kindAsRead(kind: ClipKind, tech: Tech): ClipKind {
  const onlySound = !tech.picture && tech.durationFrames === undefined && (tech.channels ?? 0) > 0;
  return kind === 'picture' && onlySound && tech.durationSamples !== undefined ? 'sound' : kind;
}

/**
 * The found files with what is known from before in place of what was not read: a scan that was stopped forgets nothing. A file of
 * another size is another recording.
 */
export function withKnown(files: FoundFile[], previous: Handoff | null): FoundFile[] {
  if (!previous || !files.some(isUnread)) return files;
  const known = new Map(previous.clips.map((clip) => [`${clip.root}\n${clip.path}`, clip]));
  return files.map((file) => {
    const clip = isUnread(file) ? known.get(`${file.root}\n${file.path}`) : undefined;
    if (!clip || clip.size !== file.size) return file;
    const { problem: _unread, ...rest } = file;
    const { kind, tech, witnesses, problem } = clip;
    return { ...rest, kind, tech, media: witnesses?.media ?? {}, ...(problem ? { problem } : {}) };
  });
}

const isUnread = ({ problem }: FoundFile) => problem?.code === 'not-read';
