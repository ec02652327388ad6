/** What one row of an ALE says of a clip, from a source of the cut or from the manifest itself. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutSource } from '../../documents/cutlist.ts';
import type { Clip, Handoff } from '../../documents/handoff.ts';
import { fileName, joinRoot } from '../../documents/paths.ts';
import type { Rate } from '../../documents/rate.ts';
import { rateName } from '../../time/rate.ts';
import { framesToSamples, samplesToFrames, timeReferenceToFrame } from '../../time/samples.ts';
import { timecodeToFrame } from '../../time/timecode.ts';

export interface AleClip {
  name: string;
  /** Frames at `rate`; null = the media has none, or nobody knows. */
  start: number | null;
  duration: number | null;
  /** The rate its timecode counts at: a frame rate, for sound that of the project. */
  rate: Rate;
  hasPicture: boolean;
  channels: number;
  sampleRate?: number;
  size?: { width: number; height: number };
  reel?: string;
  scene?: string;
  take?: string;
  camera?: string;
  soundRoll?: string;
  circled: boolean;
  shootDate?: string;
  comments: string[];
  file: string | null;
  id?: string;
  /** Why the timecode is not exactly the media's: sound that begins or ends between frames. */
  between: boolean;
}

/** `rate` counts the timecode of sound, which has samples alone. */
export function clipOfSource(source: CutSource, rate: Rate): AleClip {
  const sound = isSampleRate(source.rate);
  const time = sound
    ? soundTime(source.start, source.duration, source.rate.num, rate)
    : { start: source.start, duration: source.duration, between: false };
  return {
    ...kept({
      reel: source.reel,
      scene: source.scene,
      take: source.take,
      camera: source.camera,
      id: source.clip,
      soundRoll: source.hasPicture ? undefined : source.reel,
    }),
    ...(source.size ? { size: source.size } : {}),
    ...(source.sampleRate === undefined ? {} : { sampleRate: source.sampleRate }),
    ...time,
    name: source.name,
    rate: sound ? rate : source.rate,
    hasPicture: source.hasPicture,
    channels: source.channels,
    circled: source.tags?.includes('circled') ?? false,
    comments: (source.tags ?? []).filter((tag) => tag !== 'circled'),
    file: source.file,
  };
}

function soundTime(start: number | null, duration: number | null, sampleRate: number, rate: Rate) {
  const first = start === null ? null : timeReferenceToFrame(start, sampleRate, rate);
  const length = duration === null ? null : samplesToFrames(duration, sampleRate, rate);
  // Recorders stamp up to four samples after a frame's start.
  const off = (samples: number, frames: number) =>
    Math.abs(samples - framesToSamples(frames, rate, sampleRate)) > 4;
  const between = (start !== null && off(start, first!)) || (duration !== null && off(duration, length!));
  return { start: first, duration: length, between };
}

/** What the manifest knows beyond a cut's source: picks, rolls, days and notes. */
export interface FromHandoff {
  (id: string): Pick<AleClip, 'circled' | 'comments'> & Partial<Pick<AleClip, 'soundRoll' | 'shootDate'>>;
}

export function fromHandoff(handoff: Handoff): FromHandoff {
  const notes = new Map<string, string[]>();
  for (const entry of handoff.log.entries)
    for (const id of entry.clips) {
      const said = notes.get(id) ?? [];
      said.push(...entry.notes.map((note) => [note.timecode, note.text].filter(Boolean).join(' ')));
      notes.set(id, said);
    }
  const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  return (id) => {
    const clip = clips.get(id);
    return {
      circled: clip?.pick === 'circled',
      comments: [...(clip?.soundKind === 'mos' ? ['MOS'] : []), ...(notes.get(id) ?? [])],
      ...kept({ soundRoll: clip?.identity.soundRoll, shootDate: clip?.tech.recordedOn }),
    };
  };
}

/** A clip of the manifest; null where it has no time of its own (documents, graphics). `rate` counts sound that names none. */
export function clipOfHandoff(
  clip: Clip,
  roots: Record<string, string>,
  more: FromHandoff,
  rate: Rate | undefined,
): AleClip | null {
  const { tech, identity } = clip;
  if (clip.kind === 'document' || clip.kind === 'graphic') return null;
  const own = tech.rate ?? rate;
  if (!own) return null;
  const label = tech.startTc === undefined || !tech.rate ? null : timecodeToFrame(tech.startTc, tech.rate);
  const sampled = clip.kind !== 'picture' && tech.sampleRate !== undefined;
  const time = sampled
    ? soundTime(tech.startSamples ?? null, tech.durationSamples ?? null, tech.sampleRate!, own)
    : { start: null, duration: tech.durationFrames ?? null, between: false };
  const root = roots[clip.root];
  return {
    ...kept({ reel: identity.reel ?? (clip.kind === 'sound' ? identity.soundRoll : undefined) }),
    ...kept({ scene: identity.scene, take: identity.take, camera: identity.camera }),
    ...(tech.picture ? { size: tech.picture } : {}),
    ...(tech.sampleRate === undefined ? {} : { sampleRate: tech.sampleRate }),
    ...time,
    start: time.start ?? (label?.ok ? label.frame : null),
    ...more(clip.id),
    name: fileName(clip.path),
    rate: own,
    hasPicture: clip.kind === 'picture' || tech.picture !== undefined,
    channels: tech.channels ?? (clip.kind === 'sound' ? 1 : 0),
    file: root === undefined ? null : joinRoot(root, clip.path),
    id: clip.id,
  };
}

/** The group of clips that one ALE can hold: one rate, and one way to count it. */
export function rateGroup(clip: AleClip): string {
  return rateName(clip.rate);
}

function kept<Fields extends Record<string, string | undefined>>(
  fields: Fields,
): { [Name in keyof Fields]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as {
    [Name in keyof Fields]?: string;
  };
}
