/** Which bin a clip goes into: one policy function; other policies are options of it. */
import type { Clip, Handoff } from './documents/handoff.ts';
import type { BinPath } from './documents/plan.ts';
import type { SyncVerdict } from './documents/sync.ts';

export const LAYOUTS = ['scene-take', 'scene', 'day-scene', 'camera'] as const;
export const APART = ['broll', 'sound', 'graphics', 'rejected'] as const;
export type Apart = (typeof APART)[number];

export interface BinPolicy {
  /**
   * `scene-take`: Scenes/07/Take 03. `scene`: Scenes/07. `day-scene`: Days/2026-03-14/07, by the date in the media.
   * `camera`: Cameras/A/A004, by camera and roll.
   */
  scenes: (typeof LAYOUTS)[number];
  /** What has bins of its own; what has not lies with its scene, or in Unsorted where nobody knows its scene. */
  apart: readonly Apart[];
}

export const DEFAULT_POLICY: BinPolicy = { scenes: 'scene-take', apart: ['broll', 'graphics', 'rejected'] };

/** `7` → `07`, `7a` → `07A`, `R12` stays: numbers sort as numbers in every editor's bin list. */
function padded(label: string): string {
  return label
    .trim()
    .toUpperCase()
    .replace(/^0*(\d+)/, (_, digits: string) => digits.padStart(2, '0'));
}

/** A policy, and the day of what carries no date. */
interface Laying extends BinPolicy {
  day: string;
}

/** A handoff of one day says for its clips which. */
function dayOf({ shootDays }: Handoff): string {
  const [only] = shootDays.length === 1 ? shootDays : [];
  return (only?.date ?? only?.label ?? 'No date').replace(/[\\/]/g, '-');
}

/** The bin of each clip, by clip id. A sound goes where its picture goes: the verdicts say which picture that is. */
export function binsOf(
  handoff: Handoff,
  verdicts: SyncVerdict[],
  asked: BinPolicy = DEFAULT_POLICY,
): Map<string, BinPath> {
  const policy: Laying = { ...asked, day: dayOf(handoff) };
  const bins = new Map<string, BinPath>();
  for (const clip of handoff.clips) if (clip.kind !== 'sound') bins.set(clip.id, ownBin(clip, policy));
  const byId = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  const pictureOf = picturesOfSounds(verdicts, byId);
  const words = new Map(verdicts.map((verdict) => [verdict.clipId, verdict.verdict]));
  for (const clip of handoff.clips) {
    if (clip.kind !== 'sound') continue;
    const picture = pictureOf.get(clip.id);
    if (isApart(clip, policy)) bins.set(clip.id, ['_Rejected']);
    else if (picture) bins.set(clip.id, withPicture(clip, bins.get(picture.id)!, policy));
    else bins.set(clip.id, ['Sound', words.get(clip.id) === 'wild' ? 'Wild' : 'Orphan']);
  }
  return bins;
}

/** Beside its picture; but a sound that knows its scene stays findable where nobody knows its picture's. */
function withPicture(sound: Clip, bin: BinPath, policy: Laying): BinPath {
  const shared = bin[0] === 'Unsorted' ? ownBin(sound, policy) : bin;
  if (!policy.apart.includes('sound')) return shared;
  return ['Sound', ...(LAID_OUT.includes(shared[0]!) ? shared.slice(1) : shared)];
}

/** The bins that hold scenes; below Sound their names say nothing new. */
const LAID_OUT = ['Scenes', 'Days', 'Cameras'];

function isApart(clip: Clip, { apart }: Laying): boolean {
  return clip.pick === 'rejected' && apart.includes('rejected');
}

/**
 * A sound that several pictures name goes with the first that is used: not rejected before rejected, scenes before B-roll.
 * A verdict that could not decide (ambiguous) names sounds it does not own, so it is asked last.
 */
function picturesOfSounds(verdicts: SyncVerdict[], byId: Map<string, Clip>): Map<string, Clip> {
  const rank = (verdict: SyncVerdict, clip: Clip) =>
    (verdict.verdict === 'ambiguous' ? 4 : 0) +
    (clip.pick === 'rejected' ? 2 : 0) +
    (clip.identity.scene ? 0 : 1);
  const chosen = new Map<string, { clip: Clip; rank: number }>();
  for (const verdict of verdicts) {
    const clip = byId.get(verdict.clipId)!;
    for (const sound of verdict.soundIds) {
      const mine = rank(verdict, clip);
      const best = chosen.get(sound);
      if (!best || mine < best.rank) chosen.set(sound, { clip, rank: mine });
    }
  }
  return new Map([...chosen].map(([sound, { clip }]) => [sound, clip]));
}

function ownBin(clip: Clip, policy: Laying): BinPath {
  if (isApart(clip, policy)) return ['_Rejected'];
  if (clip.kind === 'music') return ['Music'];
  if (clip.kind === 'document') return ['Documents'];
  if (clip.kind === 'graphic' && policy.apart.includes('graphics')) return ['Graphics'];
  const { place } = clip.identity;
  if (clip.broll && policy.apart.includes('broll')) return place ? ['B-roll', place] : ['B-roll'];
  return sceneBin(clip, policy);
}

function sceneBin({ identity, tech }: Clip, { scenes, day }: Laying): BinPath {
  const { scene, take, camera, reel } = identity;
  if (scenes === 'camera' && camera)
    return ['Cameras', binName(camera).toUpperCase(), ...(reel ? [binName(reel)] : [])];
  if (!scene) return ['Unsorted'];
  if (scenes === 'camera') return ['Cameras', 'No camera'];
  if (scenes === 'day-scene') return ['Days', tech.recordedOn ?? day, padded(scene)];
  const bin = ['Scenes', padded(scene)];
  return take && scenes === 'scene-take' ? [...bin, `Take ${padded(take)}`] : bin;
}

/** A roll as its maker spells it, as one name: `/` parts bins. */
function binName(reel: string): string {
  return reel.trim().replace(/[\\/]/g, '-');
}
