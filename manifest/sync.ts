/**
 * Compares picture and sound by timecode: exactly one verdict for each picture, and one for each sound that no verdict
 * names. It never guesses: where two would do, it says so.
 */
import type { Clip, Handoff } from './documents/handoff.ts';
import type { SyncVerdict, SyncWord } from './documents/sync.ts';
import { takeKey } from './identity.ts';
import { groupSounds, SoundIndex, type Sound } from './sync/candidates.ts';
import { crossesMidnight, explanation, lengthText, midnightText, startText } from './sync/reason.ts';
import { comparableSpans, covers, offset, overlap, pictureSpan, type Span } from './sync/span.ts';
import { framesToFlicks, fromFlicks } from './time/flicks.ts';
import { rateLabel } from './time/rate.ts';

/** Pictures in the manifest's order, then the sounds that stand alone. */
export function sync(handoff: Handoff): SyncVerdict[] {
  const pictures = handoff.clips.filter((clip) => clip.kind === 'picture');
  const sounds = handoff.clips.filter((clip) => clip.kind === 'sound');
  const paired = new Set(pictures.flatMap((clip) => clip.pairedSound ?? []));
  const index = new SoundIndex(
    groupSounds(sounds.filter((clip) => clip.soundKind !== 'wild' || paired.has(clip.id))),
  );
  const verdicts = pictures.map((clip) => judge(clip, index));
  const named = new Set(verdicts.flatMap((verdict) => verdict.soundIds));
  return [...verdicts, ...sounds.filter((clip) => !named.has(clip.id)).map(alone)];
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

function verdictOf(clip: Clip, verdict: SyncWord, sounds: Sound[], reason: string): SyncVerdict {
  const files = sounds.flatMap((sound) => sound.files);
  const [sound, soundIds] = [files.map((file) => file.path), files.map((file) => file.id)];
  return { clip: clip.path, clipId: clip.id, verdict, sound, soundIds, reason };
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

function judge(picture: Clip, index: SoundIndex): SyncVerdict {
  const own = (picture.tech.channels ?? 0) > 0;
  if (picture.soundKind === 'mos') return verdictOf(picture, 'mos', [], 'Shot without sound (MOS).');
  const span = pictureSpan(picture);
  const candidates = index.candidates(picture, span);
  if (candidates.length === 0) {
    const reason = `No sound of its take or time was found${own ? '; camera sound only' : ''}.`;
    return verdictOf(picture, 'no-sound', [], reason);
  }
  if (!span)
    return verdictOf(picture, 'no-timecode', candidates, 'The picture carries no timecode to compare.');
  const timed = candidates.filter((sound) => sound.span !== null);
  if (timed.length === 0)
    return verdictOf(picture, 'no-timecode', candidates, 'Its sound carries no timecode to compare.');
  const placed = timed
    .filter((sound) => comparableSpans(span, sound.span!))
    .map((sound) => place(span, sound));
  const fits = placed.filter((each) => each.overlap > 0);
  if (fits.length > 0) return judgeFits(picture, span, fits);
  const mismatched = timed.filter((sound) => !comparableSpans(span, sound.span!));
  if (mismatched.length > 0) return rateMismatch(picture, span, mismatched);
  return noOverlap(picture, span, placed);
}

function place(picture: Span, sound: Sound): Placed {
  const span = sound.span!;
  const at = offset(picture, span);
  return { sound, span, at, overlap: overlap(picture, span, at), covers: covers(picture, span, at) };
}

function rateMismatch(picture: Clip, span: Span, sounds: Sound[]): SyncVerdict {
  const other = sounds[0]!.span!.rate!;
  const drop = span.rate!.drop !== other.drop;
  const why = drop
    ? 'drop-frame and non-drop-frame labels part by 3.6 s an hour'
    : 'a second of labels lasts 1 s on one side and 1.001 s on the other, so they part by 0.1 %, 3.6 s an hour';
  const reason = `The picture is labelled at ${rateLabel(span.rate!)} and its sound at ${rateLabel(other)}: ${why}.`;
  return verdictOf(picture, 'rate-mismatch', sounds, reason);
}

function noOverlap(picture: Clip, span: Span, placed: Placed[]): SyncVerdict {
  const nearest = placed.reduce((best, each) => (Math.abs(each.at) < Math.abs(best.at) ? each : best));
  const reason = `The sound ${startText(nearest.at, span)} and they never overlap.${crossesMidnight(span, nearest.at) ? ' Midnight lies between them.' : ''}${explanation(picture, span, nearest.span, nearest.at)}`;
  const verdict = verdictOf(
    picture,
    'no-overlap',
    placed.map((each) => each.sound),
    reason,
  );
  return { ...verdict, ...numbers(span, nearest), coverage: 0 };
}

/** Sounds that cover the picture stand before those that only touch it. */
function judgeFits(picture: Clip, span: Span, fits: Placed[]): SyncVerdict {
  const covering = fits.filter((each) => each.covers);
  const best = covering.length > 0 ? covering : fits;
  const conflict = whyAmbiguous(best);
  if (conflict)
    return verdictOf(
      picture,
      'ambiguous',
      best.map((each) => each.sound),
      conflict,
    );
  if (covering.length === 0) return partial(picture, span, fits);
  // Shorter pieces of the same take belong to it too; left unnamed they would pass for orphans.
  const take = takeKey(picture.identity);
  const pieces = fits.filter((each) => !each.covers && take !== null && each.sound.take === take);
  return inSync(picture, span, [...covering, ...pieces]);
}

/** One recorder cannot have recorded two things at one time, and one take has one sound: then nobody can choose. */
function whyAmbiguous(fits: Placed[]): string | null {
  const takes = new Set(fits.flatMap((each) => each.sound.take ?? []));
  const names = listed(fits.map((each) => each.sound.files[0]!.path));
  if (takes.size > 1) return `Sounds of ${takes.size} different takes fit this picture's time: ${names}.`;
  for (const [index, one] of fits.entries())
    for (const other of fits.slice(index + 1))
      if (sameRecorder(one.sound, other.sound) && together(one, other))
        return `${fits.length} sounds from one recorder fit this picture's time: ${names}.`;
  return null;
}

/** A sentence has room for a few names; the verdict's `sound` holds them all. */
function listed(paths: string[]): string {
  const more = paths.length - 4;
  return more > 0 ? `${paths.slice(0, 4).join(', ')} and ${more} more` : paths.join(', ');
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

function inSync(picture: Clip, span: Span, covering: Placed[]): SyncVerdict {
  const first = covering[0]!;
  const second = covering.length > 1 ? `; ${covering.length} sounds belong to it` : '';
  const guess = first.span.rate ? '' : '; the sound names no timecode rate, so elapsed time was compared';
  const reason = `The sound ${startText(first.at, span)} and covers it${second}${midnightText(span, first.at)}${guess}.`;
  const verdict = verdictOf(
    picture,
    'in-sync',
    covering.map((each) => each.sound),
    reason,
  );
  return { ...verdict, ...numbers(span, first), coverage: coverage(span, covering) };
}

/** Pieces of one recording that together leave nothing out are in sync as well. */
function partial(picture: Clip, span: Span, fits: Placed[]): SyncVerdict {
  const pieces = [...fits].sort((a, b) => a.at - b.at);
  const first = pieces[0]!;
  const missing = span.length - covered(span, pieces);
  if (pieces.length > 1 && missing <= framesToFlicks(1, span.rate!)) return inSync(picture, span, pieces);
  const share = coverage(span, pieces);
  const why = explanation(picture, span, first.span, first.at);
  const reason = `The sound ${startText(first.at, span)} and covers ${share < 0.01 ? 'less than 1' : Math.floor(share * 100)} % of it; ${lengthText(missing, span)} are without sound${midnightText(span, first.at)}.${why}`;
  const verdict = verdictOf(
    picture,
    'partial',
    pieces.map((each) => each.sound),
    reason,
  );
  return { ...verdict, ...numbers(span, first), coverage: share };
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
