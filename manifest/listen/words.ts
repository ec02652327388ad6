/** What listening found, in the words an assistant editor uses: frames first, then samples, then why to believe it. */
import type { Clip } from '../documents/handoff.ts';
import type { Listened, SyncVerdict } from '../documents/sync.ts';
import { lengthText, startText } from '../sync/reason.ts';
import { framesToFlicks, toFlicks } from '../time/flicks.ts';
import { rateLabel } from '../time/rate.ts';
import type { Answer, Match } from './answers.ts';
import type { Heard } from './types.ts';

/** Below this a drift is not told apart from the windows' own spread, and no edit could show it. */
const LEAST_PPM = 0.05;

export interface MatchContext {
  picture: Clip;
  heard: Match;
  soundRate: number;
  /** Paths of other sounds that fit the same picture. */
  rivals: readonly string[];
  verdict: SyncVerdict | undefined;
}

export function matchText(said: Listened, context: MatchContext): string {
  const { heard, rivals, picture, soundRate } = context;
  const { windows, agreeing, secondPeak, coverage } = heard.evidence;
  const where = `By ear the sound ${placeText(picture, heard.offsetSamples, soundRate)} (± ${heard.errorSamples} samples)`;
  const next = `the next best place stands ${Math.round(secondPeak * 100)} % as high`;
  const covers =
    coverage > 0.995
      ? 'it covers the whole picture'
      : `it covers ${Math.floor(coverage * 100)} % of the picture`;
  const parts = [
    `${where}: ${agreeing} of ${windows} places listened to agree, ${next}; ${covers}.`,
    ...driftText(said, context),
    ...timecodeText(context),
    ...clapText(said, context),
    ...ltcText(said, context),
  ];
  if (rivals.length > 0)
    parts.push(
      `But ${listed(rivals)} ${rivals.length === 1 ? 'fits' : 'fit'} the same moments as well, as with a playback: by ear nobody can choose.`,
    );
  return parts.join(' ');
}

function listed(paths: readonly string[]): string {
  const more = paths.length - 3;
  return more > 0 ? `${paths.slice(0, 3).join(', ')} and ${more} more` : paths.join(' and ');
}

/** `starts 00:00:12:05 (293 frames) before the picture`, or in seconds where the picture has no rate. */
function placeText({ tech: { rate } }: Clip, offsetSamples: number, soundRate: number): string {
  const at = toFlicks(offsetSamples, soundRate);
  const samples = `${Math.abs(offsetSamples)} samples`;
  if (!rate) return `starts ${samples} ${at < 0 ? 'before' : 'after'} the picture`;
  if (offsetSamples === 0) return 'starts with the picture, to the sample';
  const frames = startText(at, { rate });
  return frames.endsWith('with the picture')
    ? `${frames}, ${samples} ${at < 0 ? 'before' : 'after'} it`
    : `${frames}, ${samples}`;
}

function driftText({ slipsAt }: Listened, { heard }: MatchContext): string[] {
  const ppm = heard.driftPpm.toFixed(1);
  if (slipsAt !== undefined)
    return [
      `The clocks part by ${ppm} ppm: the sound slips half a frame at ${slipsAt} and goes on slipping.`,
    ];
  if (Math.abs(heard.driftPpm) < LEAST_PPM) return [];
  return [`The clocks part by ${ppm} ppm, less than half a frame over the take.`];
}

/** Where timecode puts the same sound, if it puts it anywhere. */
function timecodeText({ picture, heard, soundRate, verdict }: MatchContext): string[] {
  const { rate } = picture.tech;
  if (!rate || verdict?.offsetSamples === undefined || verdict.offsetFrames === undefined) return [];
  const by = framesToFlicks(verdict.offsetFrames, rate);
  const apart = toFlicks(heard.offsetSamples, soundRate) - by;
  if (Math.abs(apart) <= framesToFlicks(1, rate)) return ['Timecode says the same, to the frame.'];
  return [
    `Timecode says otherwise: by it the sound ${startText(by, { rate })}, which is ${lengthText(apart, { rate })} ${apart > 0 ? 'earlier' : 'later'}.`,
  ];
}

function clapText({ evidence: { clap } }: Listened, { picture, soundRate }: MatchContext): string[] {
  const { rate } = picture.tech;
  if (!clap || !rate || clap.agreesWithin === undefined) return [];
  const apart = toFlicks(clap.agreesWithin, soundRate);
  const slate = `The slate on frame ${clap.pictureFrame} and the clap in the sound`;
  if (apart <= framesToFlicks(1, rate))
    return [
      `${slate} agree with it, within ${clap.agreesWithin} ${clap.agreesWithin === 1 ? 'sample' : 'samples'}.`,
    ];
  return [`${slate} do not agree with it: they are ${lengthText(apart, { rate })} apart.`];
}

function ltcText({ evidence: { ltc = [] }, byLtc }: Listened, context: MatchContext): string[] {
  const { picture, heard, soundRate } = context;
  const { rate } = picture.tech;
  const tracks = ltc.map(
    ({ clip, channel, startTc, rate: own }) =>
      `${clip} carries timecode (LTC ${rateLabel(own)}) on channel ${channel}, from ${startTc}.`,
  );
  if (!rate || byLtc?.offsetSamples === undefined) return tracks;
  const apart = Math.abs(toFlicks(byLtc.offsetSamples - heard.offsetSamples, soundRate));
  const same = apart <= framesToFlicks(1, rate);
  return [
    ...tracks,
    same
      ? 'By that timecode it lies at the same place.'
      : `By that timecode it lies ${lengthText(apart, { rate })} away.`,
  ];
}

/** Several places in one recording: each is said, the best first, and none is chosen. */
export function ambiguousText(
  picture: Clip,
  { places, evidence }: Extract<Heard, { heard: 'ambiguous' }>,
  soundRate: number,
): string {
  const said = places.slice(0, 3).map((place) => placeText(picture, place.offsetSamples, soundRate));
  const more = places.length > said.length ? `, and ${places.length - said.length} more` : '';
  return `Heard at ${places.length} places, as with a playback or a repeated line, so nobody can choose by ear: the sound ${said.join('; or it ')}${more}. The next best place stands ${Math.round(evidence.secondPeak * 100)} % as high as the best.`;
}

/** One sentence for all sounds that were tried and do not fit. */
export function summaryText(others: readonly Answer[], left: number): string {
  const more = left > 0 ? ` ${left} more of its day were not tried; ask for them with --clip or --all.` : '';
  if (others.length === 0) return `There was no sound of its take or day to listen to.${more}`;
  const reasons = new Map<string, number>();
  for (const { heard } of others)
    if (heard.heard !== 'none') reasons.set(heard.reason, (reasons.get(heard.reason) ?? 0) + 1);
  const tried = others.filter(({ heard }) => heard.heard === 'none').length;
  const best = others.reduce(
    (most, { heard }) => Math.max(most, heard.heard === 'none' ? (heard.evidence?.z ?? 0) : 0),
    0,
  );
  const parts = [];
  if (tried > 0)
    parts.push(
      `Listened to ${tried === 1 ? 'one sound' : `${tried} sounds`} of its day; none fits (the best reaches z ${best.toFixed(1)} of the 6 it takes).`,
    );
  for (const [reason, count] of [...reasons].slice(0, 2))
    parts.push(count > 1 ? `${reason} So with ${count} sounds.` : reason);
  return `${parts.join(' ')}${more}`;
}
