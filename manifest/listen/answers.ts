/**
 * What was heard for one picture → what is said of it: an answer for each sound that matters, and one for all the others. Where two
 * recordings fit one picture by ear, none is chosen.
 */
import type { Clip } from '../documents/handoff.ts';
import type {
  ClapEvidence,
  HeardWord,
  Listened,
  ListenEvidence,
  LtcEvidence,
  SyncVerdict,
} from '../documents/sync.ts';
import type { Sound } from '../sync/candidates.ts';
import { framesToFlicks, fromFlicks, toFlicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import { frameToTimecode } from '../time/timecode.ts';
import { listenedFile, type Wanted } from './pairs.ts';
import type { Heard } from './types.ts';
import { ambiguousText, matchText, summaryText } from './words.ts';

export type Match = Extract<Heard, { heard: 'match' }>;

export interface NotHeard {
  heard: 'not-heard';
  reason: string;
}

/** One sound listened to for the picture. */
export interface Answer {
  sound: Sound;
  heard: Heard | NotHeard;
  /** Samples a second of the file listened to; 0 where it could not be. */
  soundRate: number;
  /** Where the slate closes by the log, and what was found there. */
  clap?: Omit<ClapEvidence, 'agreesWithin'>;
}

export interface Settling {
  verdict: SyncVerdict | undefined;
  /** By clip id. */
  ltc: ReadonlyMap<string, LtcEvidence>;
  byLtc: ReadonlyMap<string, SyncVerdict>;
}

/** At least one. */
export function answersFor(wanted: Wanted, answers: readonly Answer[], settling: Settling): Listened[] {
  const { picture, named, left } = wanted;
  const fits = ({ heard }: Answer) => heard.heard === 'match' || heard.heard === 'ambiguous';
  const single = (answer: Answer) => fits(answer) || named.includes(answer.sound);
  const one = answers.filter(single).map((answer) => listened(picture, answer, answers, settling));
  const others = answers.filter((answer) => !single(answer));
  if (answers.some(fits) || (others.length === 0 && one.length > 0)) return one;
  const heard = ORDER.find((word) => others.some((answer) => answer.heard.heard === word)) ?? 'none';
  const rest: Listened = {
    clip: picture.path,
    clipId: picture.id,
    tried: others.length,
    heard,
    ...byLtcOf(picture, [], settling),
    evidence: ltcOf([picture], settling),
    reason: summaryText(others, left),
  };
  return [...one, rest];
}

/** What several sounds together come to, where none fits. */
const ORDER: HeardWord[] = ['none', 'too-little', 'silence', 'not-heard'];

/** What is said of a picture that was not listened to at all. */
export function notListened(picture: Clip, reason: string): Listened {
  return { clip: picture.path, clipId: picture.id, heard: 'not-heard', evidence: {}, reason };
}

function listened(picture: Clip, answer: Answer, all: readonly Answer[], settling: Settling): Listened {
  const { sound, heard, soundRate } = answer;
  const file = listenedFile(sound);
  const set = sound.files.filter((each) => each !== file).map((each) => each.path);
  const said: Listened = {
    clip: picture.path,
    clipId: picture.id,
    sound: file.path,
    soundId: file.id,
    ...(set.length > 0 ? { set } : {}),
    heard: heard.heard,
    ...(heard.heard === 'match' ? numbers(picture, heard, soundRate) : {}),
    ...byLtcOf(picture, sound.files, settling),
    evidence: { ...evidenceOf(picture, answer), ...ltcOf([picture, file], settling) },
    reason: heard.heard === 'ambiguous' ? ambiguousText(picture, heard, soundRate) : heard.reason,
  };
  if (heard.heard !== 'match') return said;
  const rivals = all.filter((other) => other !== answer && isRival(picture, answer, other));
  const names = rivals.map((rival) => listenedFile(rival.sound).path);
  const verdict = settling.verdict?.soundIds.includes(file.id) ? settling.verdict : undefined;
  const reason = matchText(said, { picture, heard, soundRate, rivals: names, verdict });
  return { ...said, heard: names.length > 0 ? 'ambiguous' : 'match', reason };
}

function numbers(
  { tech: { rate } }: Clip,
  { offsetSamples, errorSamples, driftPpm, slipsHalfFrameAt }: Match,
  soundRate: number,
): Partial<Listened> {
  return {
    offsetSamples,
    errorSamples,
    ...(rate ? { offsetFrames: fromFlicks(toFlicks(offsetSamples, soundRate), rate.num, rate.den) } : {}),
    driftPpm: rounded(driftPpm, 2),
    ...(rate && slipsHalfFrameAt !== null
      ? { slipsAt: frameToTimecode(slipsHalfFrameAt, { ...rate, drop: false }) }
      : {}),
  };
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * Two recorders may have heard one take, and a recording may go on in the next file; but the same moment in two files of one
 * recorder, or of nobody knows which, is a playback or a copy.
 */
function isRival(picture: Clip, one: Answer, other: Answer): boolean {
  if (one.heard.heard !== 'match' || other.heard.heard !== 'match') return false;
  const [a, b] = [one.sound.recorder, other.sound.recorder];
  if (a !== null && b !== null && a !== b) return false;
  const [from, to] = [covered(picture, one, one.heard), covered(picture, other, other.heard)];
  return Math.min(from.to, to.to) - Math.max(from.from, to.from) > FLICKS_PER_SECOND;
}

/** Flicks of the picture that a sound covers. */
function covered({ tech }: Clip, { sound, soundRate }: Answer, heard: Match): { from: number; to: number } {
  const start = toFlicks(heard.offsetSamples, soundRate);
  const { durationSamples, sampleRate } = listenedFile(sound).tech;
  const length = durationSamples && sampleRate ? toFlicks(durationSamples, sampleRate) : Infinity;
  const picture =
    tech.rate && tech.durationFrames ? framesToFlicks(tech.durationFrames, tech.rate) : Infinity;
  return { from: Math.max(0, start), to: Math.min(picture, start + length) };
}

function evidenceOf(picture: Clip, { heard, clap, soundRate }: Answer): ListenEvidence {
  const evidence: ListenEvidence = {};
  if ('evidence' in heard && heard.evidence) {
    const { z, score, windows, agreeing, secondPeak, coverage } = heard.evidence;
    evidence.z = rounded(z, 2);
    evidence.score = rounded(score, 2);
    evidence.windows = windows;
    evidence.agreeing = agreeing;
    evidence.secondPeak = rounded(secondPeak, 3);
    evidence.coverage = rounded(Math.min(1, Math.max(0, coverage)), 4);
  }
  if (heard.heard === 'ambiguous')
    evidence.places = heard.places.map(({ offsetSamples, z, score }) => ({
      offsetSamples,
      z: rounded(z, 2),
      score: rounded(score, 2),
    }));
  if (clap) evidence.clap = { ...clap, ...agreement(picture, clap, heard, soundRate) };
  return evidence;
}

/** Samples between where the slate's frame puts the sound and where the ear does. */
function agreement(
  { tech: { rate } }: Clip,
  { pictureFrame, soundSample }: Omit<ClapEvidence, 'agreesWithin'>,
  heard: Answer['heard'],
  soundRate: number,
): Pick<ClapEvidence, 'agreesWithin'> {
  if (heard.heard !== 'match' || !rate) return {};
  const frame = fromFlicks(framesToFlicks(pictureFrame, rate), soundRate);
  return { agreesWithin: Math.abs(frame - soundSample - heard.offsetSamples) };
}

function ltcOf(clips: readonly Clip[], { ltc }: Settling): Pick<ListenEvidence, 'ltc'> {
  const found = clips.flatMap((clip) => ltc.get(clip.id) ?? []);
  return found.length > 0 ? { ltc: found } : {};
}

/** The verdict by LTC, where LTC has a part in it. */
function byLtcOf(picture: Clip, files: readonly Clip[], { ltc, byLtc }: Settling): Pick<Listened, 'byLtc'> {
  const said = byLtc.get(picture.id);
  const about = [picture.id, ...files.map((file) => file.id), ...(said?.soundIds ?? [])];
  if (!said || !about.some((id) => ltc.has(id))) return {};
  const { clip: _clip, clipId: _id, sound: _sound, soundIds: _ids, ...rest } = said;
  return { byLtc: rest };
}
