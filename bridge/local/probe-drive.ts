/** The media of a walked drive as the manifest takes them: kept from the last scan where nothing changed, read where it did. */
import type { ClipKind, Handoff, Tech } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { assemble } from '../../manifest/cards/group/assemble.ts';
import type { GroupedClip } from '../../manifest/cards/group/group.ts';
import { joinShots } from '../../manifest/cards/group/shots.ts';
import type { SidecarFacts } from '../../manifest/cards/sidecars/sidecar.ts';
import type { FoundFile } from '../../manifest/scan.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { openProbeCache, type ProbeCache } from './probe-cache.ts';
import { probeMany, type ProbeManyOptions, type ProbeProgress } from './probe/many.ts';
import { canProbe } from './probe/probe.ts';
import type { Probe, Problem } from './probe/prober.ts';
import { readSidecars } from './sidecar-files.ts';
import { canReadSidecar } from './sidecars.ts';
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
  /** The clips as they were given, those joined that their sidecars say are one recording. */
  clips: GroupedClip<Found>[];
  files: FoundFile[];
  /** The files each of them is made of, in order, sidecars left out. */
  madeOf: Map<FoundFile, Found[]>;
  /** How many files were not read because the scan was stopped. */
  unread: number;
  issues: Issue[];
}

/** Every clip, in their order, read or not. Never rejects. */
export async function probeDrive(clips: GroupedClip<Found>[], options: ProbeDriveOptions): Promise<Drive> {
  const { manifest, roots, rate } = options;
  const media = clips.flatMap(({ file, parts }) => (parts ? parts.map((part) => part.file) : [file]));
  const { cache, issues } = await openProbeCache(manifest, rate);
  const probes = await probeMedia(media, cache, options);
  const sidecars = clips.flatMap((clip) => clip.sidecars).filter(({ path }) => canReadSidecar(path));
  const said = await readSidecars(sidecars, cache, options.signal);
  issues.push(...said.issues);
  cache.prune(Object.keys(roots), [...media, ...sidecars]);
  issues.push(...(await cache.save()));
  const madeOf = new Map<FoundFile, Found[]>();
  const shots = joinShots(clips, (sidecar) => said.facts.get(sidecar));
  const files = shots.map((clip) => {
    const found = foundFile(clip, probes, said.facts);
    madeOf.set(found, clip.frames ?? clip.parts?.map(({ file }) => file) ?? [clip.file]);
    return found;
  });
  return { clips: shots, files, madeOf, unread: media.filter((file) => !probes.has(file)).length, issues };
}

/** What was read of each file; one that the signal stopped before it was read is not in it. */
async function probeMedia(
  media: Found[],
  cache: ProbeCache,
  options: ProbeDriveOptions,
): Promise<Map<Found, Probe>> {
  const { rate, onProgress } = options;
  const probes = new Map<Found, Probe>();
  for (const file of media) {
    const probe = canProbe(file.path) ? cache.find(file) : NOTHING;
    if (probe) probes.set(file, probe);
  }
  const left = media.filter((file) => !probes.has(file));
  const already = media.length - left.length;
  const pathOf = new Map(left.map(({ file, path }) => [file, path]));
  const read = await probeMany(
    left.map(({ file }) => file),
    {
      ...options,
      ...(rate ? { projectRate: rate } : {}),
      onProgress: (progress) =>
        onProgress?.({
          ...progress,
          done: already + progress.done,
          total: media.length,
          current: pathOf.get(progress.current)!,
        }),
    },
  );
  for (const [nth, file] of left.entries()) {
    const probe = read[nth];
    if (!probe) continue;
    cache.keep(file, probe);
    probes.set(file, probe);
  }
  return probes;
}

function foundFile(
  { file, kind, card, parts, sequence, sidecars, continues }: GroupedClip<Found>,
  probes: ReadonlyMap<Found, Probe>,
  said: ReadonlyMap<Found, SidecarFacts>,
): FoundFile {
  const { root, path, size } = file;
  const head = probes.get(file) ?? NOT_READ;
  const read = parts?.map(({ file: part, number, essence }) => ({
    ...(probes.get(part) ?? NOT_READ),
    path: part.path,
    size: part.size,
    number,
    ...(essence ? { essence } : {}),
  }));
  const facts = sidecars.flatMap((each) => {
    const own = said.get(each);
    return own ? [{ path: each.path, facts: own }] : [];
  });
  const { tech, media, ...rest } = assemble(head, read, sequence, facts);
  const stopped = read?.some(({ problem }) => problem?.code === 'not-read');
  return {
    root,
    path,
    size,
    kind: kindAsRead(kind, tech, sequence !== undefined),
    tech,
    media,
    ...(card === undefined ? {} : { card }),
    ...(continues ? { continues } : {}),
    ...(sequence ? { sequence } : {}),
    ...(sidecars.length > 0 ? { sidecars: sidecars.map((each) => each.path).sort() } : {}),
    ...rest,
    ...(stopped ? { problem: NOT_READ.problem } : {}),
  };
}

const NOTHING: Probe = { tech: {}, witness: {} };

const NOT_READ: Probe & { problem: Problem } = {
  tech: {},
  witness: {},
  problem: { code: 'not-read', message: 'the scan was stopped before it was read; scan again' },
};

/**
 * Sound alone in a wrapping that is a picture's as a rule (OP-Atom MXF, MOV) is sound. Stills that are frames with timecode were
 * scanned or rendered from a picture; without it they are an animation.
 */
function kindAsRead(kind: ClipKind, tech: Tech, frames: boolean): ClipKind {
  if (frames) return kind === 'graphic' && tech.startTc !== undefined ? 'picture' : kind;
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
    const { kind, tech, witnesses, problem, parts, clipName, disagreements } = clip;
    return {
      ...rest,
      kind,
      tech,
      media: witnesses?.media ?? {},
      ...(parts && rest.parts ? { parts } : {}),
      ...(clipName === undefined ? {} : { clipName }),
      ...(disagreements ? { disagreements } : {}),
      ...(problem ? { problem } : {}),
      // What stands there may be a hand's: what was read once is told apart from it by this.
      ...(clip.asRead === undefined ? {} : { asRead: clip.asRead }),
    };
  });
}

const isUnread = ({ problem }: FoundFile) => problem?.code === 'not-read';
