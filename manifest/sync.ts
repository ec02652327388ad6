/**
 * Compares picture and sound by timecode: exactly one verdict for each picture, and one for each sound that no verdict
 * names. It never guesses: where two would do, it says so.
 */
import type { Clip, Handoff } from './documents/handoff.ts';
import type { SyncVerdict, SyncWord } from './documents/sync.ts';
import { takeKey } from './identity.ts';
import { groupSounds, SoundIndex, type Sound } from './sync/candidates.ts';
import { Naming } from './sync/naming.ts';
import { crossesMidnight, explanation, lengthText, midnightText, startText } from './sync/reason.ts';
import { comparableSpans, covers, offset, overlap, pictureSpan, type Span } from './sync/span.ts';
import { framesToFlicks, fromFlicks } from './time/flicks.ts';
import { rateLabel } from './time/rate.ts';

/** Pictures in the manifest's order, then the sounds that stand alone. */
export function sync(handoff: Handoff): SyncVerdict[] {
  const pictures = handoff.clips.filter((clip) => clip.kind === 'picture');
  const sounds = handoff.clips.filter((clip) => clip.kind === 'sound');
  const paired = new Set<string>();
  for (const clip of pictures) for (const id of clip.pairedSound ?? []) paired.add(id);
  const index = new SoundIndex(
    groupSounds(sounds.filter((clip) => clip.soundKind !== 'wild' || paired.has(clip.id))),
  );
  const naming = new Naming(index.sounds.length);
  const verdicts = pictures.map((clip) => verdictOf(clip, judge(clip, index), naming));
  const named = new Set<string>();
  for (const { soundIds } of verdicts) for (const id of soundIds) named.add(id);
  for (const clip of sounds) if (!named.has(clip.id)) verdicts.push(alone(clip));
  return verdicts;
}

function alone(clip: Clip): SyncVerdict {
  const wild = clip.soundKind === 'wild';
  const reason = wild
    ? 'A wild track: recorded without picture, on purpose.'
    : 'No picture was found that this sound fits.';
  return {
    clip: clip.path,
    clipId: clip.id,
    verdict: wild ? 'wild' : 'orphan',
    sound: [],
    soundIds: [],
    reason,
  };
}

/** A verdict with the sounds it speaks of, before it is settled which of them it names. */
interface Judgement extends Pick<SyncVerdict, 'verdict' | 'reason'> {
  sounds: readonly Sound[];
  offset?: Pick<SyncVerdict, 'offsetFrames' | 'offsetSamples'>;
  coverage?: number;
}

function verdictOf({ path, id }: Clip, judged: Judgement, naming: Naming): SyncVerdict {
  const { verdict, sounds, reason, offset: apart, coverage: share } = judged;
  const made = { clip: path, clipId: id, verdict, ...naming.name(sounds), reason };
  return apart ? { ...made, ...apart, coverage: share! } : made;
}

function judgement(verdict: SyncWord, sounds: readonly Sound[], reason: string): Judgement {
  return { verdict, sounds, reason };
}

/** A candidate with timecode, and where it lies against the picture. */
interface Placed {
  sound: Sound;
  span: Span;
  /** Sound start − picture start, flicks. */
  at: number;
  /** Flicks of the picture it covers. */
  overlap: number;
  covers: boolean;
}

function judge(picture: Clip, index: SoundIndex): Judgement {
  const own = (picture.tech.channels ?? 0) > 0;
  if (picture.soundKind === 'mos') return judgement('mos', [], 'Shot without sound (MOS).');
  const span = pictureSpan(picture);
  const candidates = index.candidates(picture, span);
  if (candidates.length === 0)
    return judgement(
      'no-sound',
      [],
      `No sound of its take or time was found${own ? '; camera sound only' : ''}.`,
    );
  if (!span) return judgement('no-timecode', candidates, 'The picture carries no timecode to compare.');
  const placed: Placed[] = [];
  const mismatched: Sound[] = [];
  for (const sound of candidates)
    if (sound.span)
      if (comparableSpans(span, sound.span)) placed.push(place(span, sound));
      else mismatched.push(sound);
  if (placed.length + mismatched.length === 0)
    return judgement('no-timecode', candidates, 'Its sound carries no timecode to compare.');
  const fits = placed.filter((each) => each.overlap > 0);
  if (fits.length > 0) return judgeFits(picture, span, fits);
  if (mismatched.length > 0) return rateMismatch(span, mismatched);
  return noOverlap(picture, span, placed);
}

function place(picture: Span, sound: Sound): Placed {
  const span = sound.span!;
  const at = offset(picture, span);
  return { sound, span, at, overlap: overlap(picture, span, at), covers: covers(picture, span, at) };
}

function rateMismatch(span: Span, sounds: Sound[]): Judgement {
  const other = sounds[0]!.span!.rate!;
  const drop = span.rate!.drop !== other.drop;
  const why = drop
    ? 'drop-frame and non-drop-frame labels part by 3.6 s an hour'
    : 'a second of labels lasts 1 s on one side and 1.001 s on the other, so they part by 0.1 %, 3.6 s an hour';
  const reason = `The picture is labelled at ${rateLabel(span.rate!)} and its sound at ${rateLabel(other)}: ${why}.`;
  return judgement('rate-mismatch', sounds, reason);
}

function noOverlap(picture: Clip, span: Span, placed: Placed[]): Judgement {
  const nearest = placed.reduce((best, each) => (Math.abs(each.at) < Math.abs(best.at) ? each : best));
  const reason = `The sound ${startText(nearest.at, span)} and they never overlap.${crossesMidnight(span, nearest.at) ? ' Midnight lies between them.' : ''}${explanation(picture, span, nearest.span, nearest.at)}`;
  return {
    ...judgement('no-overlap', soundsOf(placed), reason),
    offset: numbers(span, nearest),
    coverage: 0,
  };
}

const soundsOf = (placed: readonly Placed[]) => placed.map(({ sound }) => sound);

/** Sounds that cover the picture stand before those that only touch it. */
function judgeFits(picture: Clip, span: Span, fits: Placed[]): Judgement {
  const covering = fits.filter((each) => each.covers);
  const best = covering.length > 0 ? covering : fits;
  const conflict = whyAmbiguous(best);
  if (conflict) return judgement('ambiguous', soundsOf(best), conflict);
  if (covering.length === 0) return partial(picture, span, fits);
  // Shorter pieces of the same take belong to it too; left unnamed they would pass for orphans.
  const take = takeKey(picture.identity);
  const pieces = fits.filter((each) => !each.covers && take !== null && each.sound.take === take);
  return inSync(span, pieces.length > 0 ? [...covering, ...pieces] : covering);
}

/** One recorder cannot have recorded two things at one time, and one take has one sound: then nobody can choose. */
function whyAmbiguous(fits: Placed[]): string | null {
  if (fits.length === 1) return null;
  const takes = new Set<string>();
  for (const { sound } of fits) if (sound.take !== null) takes.add(sound.take);
  if (takes.size > 1)
    return `Sounds of ${takes.size} different takes fit this picture's time: ${listed(fits)}.`;
  for (let one = 0; one < fits.length; one++)
    for (let other = one + 1; other < fits.length; other++)
      if (sameRecorder(fits[one]!.sound, fits[other]!.sound) && together(fits[one]!, fits[other]!))
        return `${fits.length} sounds from one recorder fit this picture's time: ${listed(fits)}.`;
  return null;
}

/** A sentence has room for a few names; the verdict's `sound` holds more. */
function listed(fits: Placed[]): string {
  const names = fits.slice(0, 4).map(({ sound }) => sound.files[0]!.path);
  const more = fits.length - 4;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** Without a recorder's name on both sides nothing says that there were two. */
function sameRecorder(a: Sound, b: Sound): boolean {
  return a.recorder === null || b.recorder === null || a.recorder === b.recorder;
}

/** Both run at the same time; one that begins where the other ends is its continuation. */
function together(a: Placed, b: Placed): boolean {
  return a.at < b.at + b.span.length && b.at < a.at + a.span.length;
}

function numbers(span: Span, placed: Placed): Pick<SyncVerdict, 'offsetFrames' | 'offsetSamples'> {
  const rate = span.rate!;
  const sampleRate = placed.sound.files[0]!.tech.sampleRate!;
  return {
    offsetFrames: fromFlicks(placed.at, rate.num, rate.den),
    offsetSamples: fromFlicks(placed.at, sampleRate),
  };
}

function inSync(span: Span, covering: Placed[]): Judgement {
  const first = covering[0]!;
  const second = covering.length > 1 ? `; ${covering.length} sounds belong to it` : '';
  const guess = first.span.rate ? '' : '; the sound names no timecode rate, so elapsed time was compared';
  const reason = `The sound ${startText(first.at, span)} and covers it${second}${midnightText(span, first.at)}${guess}.`;
  const share = coverage(span, covering);
  return {
    ...judgement('in-sync', soundsOf(covering), reason),
    offset: numbers(span, first),
    coverage: share,
  };
}

/** Pieces of one recording that together leave nothing out are in sync as well. */
function partial(picture: Clip, span: Span, fits: Placed[]): Judgement {
  const pieces = [...fits].sort((a, b) => a.at - b.at);
  const first = pieces[0]!;
  const missing = span.length - covered(span, pieces);
  if (pieces.length > 1 && missing <= framesToFlicks(1, span.rate!)) return inSync(span, pieces);
  const share = coverage(span, pieces);
  const why = explanation(picture, span, first.span, first.at);
  const reason = `The sound ${startText(first.at, span)} and covers ${share < 0.01 ? 'less than 1' : Math.floor(share * 100)} % of it; ${lengthText(missing, span)} are without sound${midnightText(span, first.at)}.${why}`;
  return { ...judgement('partial', soundsOf(pieces), reason), offset: numbers(span, first), coverage: share };
}

/** Flicks of the picture that any of the pieces covers; pieces sorted by start. */
function covered(picture: Span, pieces: Placed[]): number {
  let [sum, until] = [0, 0];
  for (const { at, span } of pieces) {
    const [from, to] = [Math.max(at, until), Math.min(at + span.length, picture.length)];
    if (to > from) [sum, until] = [sum + to - from, to];
  }
  return sum;
}

/** 0–1, four places, and 1 only where nothing is missing. */
function coverage(picture: Span, pieces: Placed[]): number {
  const sorted = [...pieces].sort((a, b) => a.at - b.at);
  return Math.floor((covered(picture, sorted) / picture.length) * 10_000) / 10_000;
}
