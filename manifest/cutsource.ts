/**
 * Joins what an editor says about a clip on a track with what the manifest knows about it. The manifest's word wins:
 * editors round rates, forget reels and count sound in frames.
 */
import { sourcesOf } from './cards/group/files.ts';
import type { CutSource } from './documents/cutlist.ts';
import type { Clip, Handoff } from './documents/handoff.ts';
import { comparablePath, fileName, joinRoot } from './documents/paths.ts';
import type { SequenceSource } from './documents/snapshot.ts';
import { framesToSeconds, secondsToFrames } from './time/fraction.ts';
import { rateLabel, sameSpeed, type Rate } from './time/rate.ts';
import { framesToSamples } from './time/samples.ts';
import { timecodeToFrame } from './time/timecode.ts';

/** A clip found, or the reason why none is. */
export type Found = { clip: Clip; file: string | null } | { why: string };

export type FindClip = (source: SequenceSource) => Found;

/** Looks up sources by manifest id, then by absolute path, then by a path relative to any root. Build once per cut list. */
export function clipFinder(handoff: Handoff, roots: Record<string, string>): FindClip {
  const byId = new Map<string, Clip>();
  const byFile = new Map<string, Clip>();
  const byPath = new Map<string, Clip[]>();
  const place = (clip: Clip) => {
    const root = roots[clip.root];
    return root === undefined ? null : joinRoot(root, clip.path);
  };
  for (const clip of handoff.clips)
    for (const { id, clip: seen } of sourcesOf(clip)) {
      byId.set(id, seen);
      const file = place(seen);
      if (file !== null) byFile.set(comparablePath(file), seen);
      byPath.set(seen.path, [...(byPath.get(seen.path) ?? []), seen]);
    }
  return (source) => {
    const editors = source.file !== null && isAbsolute(source.file) ? source.file : null;
    const told = source.clip === undefined ? undefined : byId.get(source.clip);
    const clip = told ?? (editors === null ? undefined : byFile.get(comparablePath(editors)));
    if (clip) return { clip, file: place(clip) ?? editors };
    if (source.file === null) return { why: 'the editor names no file' };
    if (editors !== null) return { why: `the manifest has no clip at ${editors}` };
    const several = byPath.get(source.file.normalize('NFC')) ?? [];
    if (several.length === 1) return { clip: several[0]!, file: place(several[0]!) };
    const many = `${several.length} roots hold a clip at ${source.file}; give its absolute path`;
    return { why: several.length ? many : `the manifest has no clip at ${source.file}` };
  };
}

export function isAbsolute(path: string): boolean {
  return /^[/\\]|^[A-Za-z]:[\\/]/.test(path);
}

/** A source with its in and out, and what went wrong in counting them at the media's own rate. */
export interface Joined {
  source: CutSource;
  in: number;
  out: number;
  losses: { what: string; message: string }[];
}

/** The media behind a source that the manifest knows. Times become frames at the media's own rate, or samples of sound. */
export function joinKnown(source: SequenceSource, clip: Clip, file: string | null): Joined {
  const { identity, tech } = clip;
  const own = ownTime(source, clip);
  const losses: Joined['losses'] = [];
  const span = [source.in, source.out].map((frame) => convert(frame, source.rate, own.rate));
  if (span.some((end) => !end.exact))
    losses.push({
      what: 'source-frame',
      message: `source ${source.in}–${source.out} at ${rateLabel(source.rate)} falls between frames of the media at ${rateLabel(own.rate)}; the nearest are ${span[0]!.frames}–${span[1]!.frames}`,
    });
  if (own.interpreted)
    losses.push({
      what: 'interpreted-rate',
      message: `the editor plays this ${rateLabel(tech.rate!)} media at ${rateLabel(source.rate)}; its times are the editor's`,
    });
  const { reel = clip.kind === 'picture' ? undefined : identity.soundRoll } = identity;
  const joined: CutSource = {
    clip: clip.id,
    file,
    name: fileName(clip.path),
    ...named({
      reel: reel ?? source.reel,
      scene: identity.scene,
      take: identity.take,
      camera: identity.camera,
    }),
    rate: own.rate,
    start: own.start,
    duration: own.duration,
    hasPicture: clip.kind === 'picture' || clip.kind === 'graphic' || tech.picture !== undefined,
    channels: tech.channels ?? (isSound(clip) ? 1 : 0),
  };
  if (tech.sampleRate !== undefined) joined.sampleRate = tech.sampleRate;
  if (tech.picture) joined.size = { ...tech.picture };
  const tags = tagsOf(clip);
  if (tags.length > 0) joined.tags = tags;
  if (clip.kind === 'graphic' && (own.duration ?? 0) <= 1) joined.still = true;
  return { source: joined, in: span[0]!.frames, out: span[1]!.frames, losses };
}

/** What the take is, as words to search by; FCPXML carries them as keywords. */
export function tagsOf({ pick, soundKind, broll }: Pick<Clip, 'pick' | 'soundKind' | 'broll'>): string[] {
  return [
    pick === 'unknown' ? '' : pick,
    soundKind === 'mos' ? 'MOS' : '',
    soundKind === 'wild' ? 'wild' : '',
    broll ? 'B-roll' : '',
  ].filter(Boolean);
}

/** A source the manifest does not know, as the editor describes it. `use` says on which kinds of track it lies. */
export function joinUnknown(source: SequenceSource, use: { video: boolean; audio: boolean }): Joined {
  const joined: CutSource = {
    file: source.file !== null && isAbsolute(source.file) ? source.file : null,
    ...(source.file !== null && !isAbsolute(source.file) ? { path: source.file.normalize('NFC') } : {}),
    name: source.name,
    ...named({ reel: source.reel }),
    rate: source.rate,
    start: source.start,
    duration: source.duration,
    hasPicture: use.video,
    // The editor does not say how many; two is what an editor assumes of a file it cannot see.
    channels: use.audio ? 2 : 0,
  };
  if (use.audio && isSampleRate(source.rate)) joined.sampleRate = source.rate.num;
  return { source: joined, in: source.in, out: source.out, losses: [] };
}

/** Whether a "rate" is really a sample rate: counts are samples of sound. No picture runs at thousands of frames a second. */
export function isSampleRate(rate: Rate): boolean {
  return rate.den === 1 && rate.num >= 8000;
}

interface OwnTime {
  rate: Rate;
  start: number | null;
  duration: number | null;
  interpreted?: boolean;
}

function ownTime(source: SequenceSource, clip: Clip): OwnTime {
  const { tech } = clip;
  if (isSound(clip) && tech.sampleRate !== undefined) return soundTime(source, clip, tech.sampleRate);
  const editors = { rate: source.rate, start: source.start, duration: source.duration };
  if (!tech.rate) return editors;
  const duration = tech.durationFrames ?? null;
  // As many frames at another speed: the editor was told to play the media at its own choice of rate, frame for frame.
  if (duration !== null && source.duration === duration && !sameSpeed(source.rate, tech.rate))
    return { ...editors, interpreted: true };
  return {
    rate: tech.rate,
    start: labelFrame(tech) ?? carried(source.start, source.rate, tech.rate),
    duration:
      duration ?? (source.duration === null ? null : convert(source.duration, source.rate, tech.rate).frames),
  };
}

function soundTime(source: SequenceSource, clip: Clip, sampleRate: number): OwnTime {
  const { tech } = clip;
  const rate: Rate = { num: sampleRate, den: 1, drop: false };
  const label = labelFrame(tech);
  const fromLabel =
    label === null
      ? carried(source.start, source.rate, rate)
      : framesToSamples(label, tech.rate!, sampleRate);
  const editors = source.duration === null ? null : convert(source.duration, source.rate, rate).frames;
  return { rate, start: tech.startSamples ?? fromLabel, duration: tech.durationSamples ?? editors };
}

function labelFrame(tech: Clip['tech']): number | null {
  if (tech.startTc === undefined || !tech.rate) return null;
  const read = timecodeToFrame(tech.startTc, tech.rate);
  return read.ok ? read.frame : null;
}

/** The editor's start where the media carries none. Editors show 0 for "none", so 0 is not taken for a timecode. */
function carried(start: number | null, from: Rate, to: Rate): number | null {
  return start ? convert(start, from, to).frames : null;
}

/** The same moment counted at another rate; `exact` is false where going back does not give the same count. */
function convert(frames: number, from: Rate, to: Rate): { frames: number; exact: boolean } {
  if (sameSpeed(from, to)) return { frames, exact: true };
  const there = secondsToFrames(framesToSeconds(frames, from), to);
  return { frames: there, exact: secondsToFrames(framesToSeconds(there, to), from) === frames };
}

function isSound(clip: Clip): boolean {
  return clip.kind === 'sound' || (clip.kind === 'music' && clip.tech.picture === undefined);
}

/** Only the names that are known: an absent one is absent, not undefined. */
function named<Names extends Record<string, string | undefined>>(
  names: Names,
): { [Name in keyof Names]?: string } {
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value)) as {
    [Name in keyof Names]?: string;
  };
}
